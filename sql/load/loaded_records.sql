-- Question: which records of a source were counted already?
-- Grain:    one row per chunk of 4,096 records
-- Params:   $stream, $from and $until chunks, half-open
-- Units:    chunk in 4,096 records; bits one a record
select
    chunk::double as chunk,
    bits
from
    loaded_records
where
    origin_stream = $stream
    and chunk >= $from::bigint
    and chunk < $until::bigint
order by
    chunk
