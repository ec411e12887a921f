-- Question: where do the segments that may be quoted lie, and which customer said them?
-- Grain:    one row: a JSON list of one object per negative segment and per positive segment of praise in the period that has a vector
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
    coalesce(
        to_json(
            list(
                struct_pack(
                    voice_id := quotable.voice_id,
                    span_start := quotable.span_start,
                    customer_key := voices.customer_key,
                    vector := to_base64(quotable.vector)
                )
                order by
                    quotable.segment_id
            )
        ),
        '[]'
    )::varchar as answer
from
    quotable
    semi join common on common.encoder = quotable.encoder
    join voices on voices.voice_id = quotable.voice_id
where
    voices.received_on >= $from::date
    and voices.received_on < $until::date
