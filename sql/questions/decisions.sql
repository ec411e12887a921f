-- Question: what was decided because of a 気づき before a date, and what has come of it since?
-- Grain:    one row per awareness with a decision, newest decision first
-- Params:   $until  JST calendar date, exclusive, for decisions and outcomes; $taxonomy  name of the taxonomy
-- Units:    decided_on and outcome_on JST calendar dates; outcome null until there is one; topics those of the voice
with
    said as (
        select
            awareness_id,
            step,
            author,
            text,
            added_at,
            (added_at at time zone 'Asia/Tokyo')::date as said_on
        from
            awareness_followups
        where
            (added_at at time zone 'Asia/Tokyo')::date < $until::date
        qualify
            row_number() over (
                partition by
                    awareness_id,
                    step
                order by
                    added_at desc,
                    followup_id
            ) = 1
    ),
    tags as (
        select
            voice_id,
            list_sort(list(distinct topic)) as topics
        from
            segment_topics
        where
            taxonomy = $taxonomy
            and voice_id in (
                select
                    awareness.voice_id
                from
                    awareness
            )
        group by
            voice_id
    )
select
    awareness.awareness_id::varchar as awareness_id,
    awareness.voice_id::varchar as voice_id,
    if (
        w.awareness_id is null,
        awareness.reason,
        '（取り下げられました）'
    ) as reason,
    coalesce(tags.topics, []) as topics,
    decided.text as decision,
    decided.author as decided_by,
    decided.said_on::varchar as decided_on,
    outcome.text as outcome,
    outcome.author as outcome_by,
    outcome.said_on::varchar as outcome_on,
    voices.received_on::varchar as received_on,
    voices.text,
    voices.place,
    voices.product,
    voices.source,
    voices.sentiment,
    voices.kind
from
    said as decided
    join awareness on awareness.awareness_id = decided.awareness_id
    left join awareness_withdrawals as w on w.awareness_id = awareness.awareness_id
    join named_voices as voices on voices.voice_id = awareness.voice_id
    left join tags on tags.voice_id = awareness.voice_id
    left join said as outcome on outcome.awareness_id = decided.awareness_id
    and outcome.step = 'outcome'
    and outcome.added_at >= decided.added_at
where
    decided.step = 'decision'
order by
    decided.added_at desc,
    awareness.awareness_id
