-- Question: which records of these chunks are counted now?
-- Grain:    one row per (origin_stream, chunk)
-- Params:   $chunks JSON list of (origin_stream, chunk, bits in base64)
-- Units:    chunk in 4,096 records; bits one a record
with
    changed as (
        select
            unnest(
                from_json(
                    $chunks::json,
                    '[{"origin_stream":"VARCHAR","chunk":"BIGINT","bits":"VARCHAR"}]'
                ),
                recursive := true
            )
    )
insert into
    loaded_records (origin_stream, chunk, bits)
select
    c.origin_stream,
    c.chunk,
    from_base64(c.bits)
from
    changed as c
on conflict (origin_stream, chunk) do
update
set
    bits = excluded.bits
