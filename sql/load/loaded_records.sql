-- Question: which records of a source were counted already?
-- Grain:    one row per chunk of 4,096 records
-- Params:   $stream
-- Units:    chunk in 4,096 records; bits one a record
select
    chunk::double as chunk,
    bits
from
    loaded_records
where
    origin_stream = $stream
order by
    chunk
