-- Question: which dead letters of the given streams are stored already?
-- Grain:    one row per (origin_stream, origin_offset)
-- Params:   $streams JSON list of origin streams
-- Units:    origin_offset in records
select distinct
    origin_stream,
    origin_offset::double as origin_offset
from
    dead_letters
where
    list_contains(from_json($streams, '["VARCHAR"]'), origin_stream)
order by
    origin_stream,
    origin_offset
