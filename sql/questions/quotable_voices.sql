-- Question: which voices of the period may be quoted, for a blame or for praise?
-- Grain:    one row: a JSON list of one object per voice with a segment of quotable_segments.sql, newest first
-- Params:   $from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy
-- Units:    received_on is a JST calendar date; null kind: held back (判定保留)
with
    spoken as (
        select
            segment_id,
            voice_id,
            sentiment,
            kind
        from
            segments
        where
            received_on >= $from::date
            and received_on < $until::date
            and sentiment in ('negative', 'positive')
    ),
    tagged as (
        select
            segment_id
        from
            segment_topics
        where
            taxonomy = $taxonomy
            and segment_id >= (
                select
                    min(segment_id)
                from
                    spoken
            )
            and segment_id <= (
                select
                    max(segment_id)
                from
                    spoken
            )
    ),
    quotable as (
        select
            spoken.voice_id
        from
            spoken
            semi join tagged on tagged.segment_id = spoken.segment_id
        where
            spoken.sentiment = 'negative'
        union all
        select
            voice_id
        from
            spoken
        where
            sentiment = 'positive'
            and kind = 'praise'
    )
select
    coalesce(
        to_json(
            list(
                struct_pack(
                    voice_id := voices.voice_id,
                    received_on := voices.received_on,
                    text := voices.text,
                    place := voices.place,
                    product := voices.product,
                    source := voices.source,
                    sentiment := voices.sentiment,
                    kind := voices.kind
                )
                order by
                    voices.received_at desc,
                    voices.voice_id
            )
        ),
        '[]'
    )::varchar as answer
from
    named_voices as voices
    semi join quotable on quotable.voice_id = voices.voice_id
where
    voices.received_on >= $from::date
    and voices.received_on < $until::date
