-- Question: which of these records has an earlier retry read already?
-- Grain:    one row per (origin_stream, origin_offset)
-- Params:   $records JSON list of (origin_stream, origin_offset, retry)
-- Units:    origin_offset in records
with
    asked as (
        select
            unnest(
                from_json(
                    $records::json,
                    '[{"origin_stream":"VARCHAR","origin_offset":"BIGINT","retry":"INTEGER"}]'
                ),
                recursive := true
            )
    )
select distinct
    r.origin_stream,
    r.origin_offset::double as origin_offset
from
    retried_records as r
    inner join asked as a on a.origin_stream = r.origin_stream
    and a.origin_offset = r.origin_offset
order by
    r.origin_stream,
    r.origin_offset
