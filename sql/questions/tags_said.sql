-- Question: what did people say of tags, and does it hold?
-- Grain:    one row per action, newest first
-- Params:   $id how the number of one of them begins, '' for all
-- Units:    said_at local time in Asia/Tokyo; text the words of the span, null where the voice is not there or has other
--           words; topics JSON list of (taxonomy, topics)
select
    t.tag_id::varchar as tag_id,
    t.voice_id::varchar as voice_id,
    t.revision_hash,
    t.span_start,
    t.span_end,
    t.step,
    t.sentiment,
    t.kind,
    to_json(t.topics)::varchar as topics,
    t.author,
    strftime(
        t.said_at at time zone 'Asia/Tokyo',
        '%Y-%m-%d %H:%M'
    ) as said_at,
    t.position,
    t.state,
    v.received_on::varchar as received_on,
    case
        when t.state not in ('other-words', 'no-voice') then substring(
            v.text,
            t.span_start + 1,
            t.span_end - t.span_start
        )
    end as text
from
    person_tags as t
    left join voices as v on v.voice_id = t.voice_id
where
    starts_with(t.tag_id::varchar, lower($id))
order by
    t.said_at desc,
    t.voice_id,
    t.position desc
