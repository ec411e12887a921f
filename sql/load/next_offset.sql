-- Question: up to where is a stream loaded?
-- Grain:    one row, or none before the first load
-- Params:   $stream
-- Units:    next_offset in records
select
    next_offset::double as next_offset
from
    offsets
where
    stream = $stream
