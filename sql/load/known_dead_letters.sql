-- Question: which records of the given streams are dead letters, and which were and have been read since?
-- Grain:    one row per (origin_stream, origin_offset)
-- Params:   $streams JSON list of origin streams
-- Units:    origin_offset in records; tries null where a retry has read the record
with
    known as (
        select
            origin_stream,
            origin_offset,
            tries
        from
            dead_letters
        union all
        select
            origin_stream,
            origin_offset,
            null as tries
        from
            retried_records
    )
select
    origin_stream,
    origin_offset::double as origin_offset,
    tries
from
    known
where
    list_contains(from_json($streams, '["VARCHAR"]'), origin_stream)
order by
    origin_stream,
    origin_offset
