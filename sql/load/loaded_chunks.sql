-- Question: which records of these chunks were counted already?
-- Grain:    one row per chunk that has any
-- Params:   $chunks JSON list of (origin_stream, chunk)
-- Units:    chunk in 4,096 records; bits one a record
with
    asked as (
        select
            unnest(
                from_json(
                    $chunks::json,
                    '[{"origin_stream":"VARCHAR","chunk":"BIGINT"}]'
                ),
                recursive := true
            )
    )
select
    l.origin_stream,
    l.chunk::double as chunk,
    l.bits
from
    loaded_records as l
    inner join asked as a on a.origin_stream = l.origin_stream
    and a.chunk = l.chunk
order by
    l.origin_stream,
    l.chunk
