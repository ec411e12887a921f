-- Question: where do the segments that may be quoted lie, and which customer said them?
-- Grain:    one row per negative segment and per positive segment of praise in the period that has a vector
-- Params:   $from, $until  JST calendar dates, half-open
-- Units:    vector: signed bytes, a direction; only those of the encoder that made most of them
with
    quotable as (
        select
            segments.segment_id,
            segments.voice_id,
            segments.span_start,
            vectors.vector,
            vectors.encoder
        from
            segments
            join vectors on vectors.segment_id = segments.segment_id
        where
            segments.received_on >= $from::date
            and segments.received_on < $until::date
            and (
                segments.sentiment = 'negative'
                or (
                    segments.sentiment = 'positive'
                    and segments.kind = 'praise'
                )
            )
    ),
    common as (
        select
            encoder
        from
            quotable
        group by
            encoder
        order by
            count(*) desc,
            encoder
        limit
            1
    )
select
    quotable.voice_id::varchar as voice_id,
    quotable.span_start,
    voices.customer_key,
    quotable.vector
from
    quotable
    semi join common on common.encoder = quotable.encoder
    join voices on voices.voice_id = quotable.voice_id
where
    voices.received_on >= $from::date
    and voices.received_on < $until::date
order by
    quotable.segment_id
