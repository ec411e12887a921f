-- Question: which records did a retry read?
-- Grain:    one row per (origin_stream, origin_offset)
-- Params:   $records JSON list of (origin_stream, origin_offset, retry)
-- Units:    retry from 1
with
    added as (
        select
            unnest(
                from_json(
                    $records::json,
                    '[{"origin_stream":"VARCHAR","origin_offset":"BIGINT","retry":"INTEGER"}]'
                ),
                recursive := true
            )
    )
insert into
    retried_records (origin_stream, origin_offset, retry)
select
    a.origin_stream,
    a.origin_offset,
    a.retry
from
    added as a
