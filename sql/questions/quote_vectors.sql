-- Question: where do the segments that may be quoted lie?
-- Grain:    one row: negative segments and positive segments of praise in the period that have a vector
-- Params:   $from, $until  JST calendar dates, half-open
-- Units:    segment_ids: a JSON list; vectors: those of the encoder that made most of them, in the order of the ids, each in
--           base64: signed bytes, a direction
with
    quotable as (
        select
            segments.segment_id,
            vectors.vector,
            vectors.encoder
        from
            segments
            join vectors on vectors.segment_id = segments.segment_id
        where
            segments.received_on >= $from::date
            and segments.received_on < $until::date
            and may_be_quoted (segments.sentiment, segments.kind)
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
                quotable.segment_id
                order by
                    quotable.segment_id
            )
        ),
        '[]'
    )::varchar as segment_ids,
    coalesce(
        string_agg(
            to_base64(quotable.vector),
            ''
            order by
                quotable.segment_id
        ),
        ''
    ) as vectors
from
    quotable
    semi join common on common.encoder = quotable.encoder
