-- Question: up to where is each stream loaded?
-- Grain:    one row per stream
-- Params:   none
-- Units:    next_offset in records
select
    stream,
    next_offset::double as next_offset
from
    offsets
order by
    stream
