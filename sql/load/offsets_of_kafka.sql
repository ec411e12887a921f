-- Question: up to where is each partition of Kafka loaded?
-- Grain:    one row per partition
-- Params:   none
-- Units:    next_offset in records
select
    stream,
    next_offset::double as next_offset
from
    offsets
where
    regexp_matches(stream, '-[0-9]+$')
order by
    stream
