-- Question: which records of a chunk are counted now?
-- Grain:    one row per (origin_stream, chunk)
-- Params:   $stream, $chunk, $bits
-- Units:    chunk in 4,096 records; bits one a record
insert into
    loaded_records (origin_stream, chunk, bits)
values
    ($stream, $chunk::bigint, $bits)
on conflict (origin_stream, chunk) do
update
set
    bits = excluded.bits
