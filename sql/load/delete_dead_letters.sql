-- Question: which dead letters has a retry read? They are removed.
-- Grain:    one row per dead letter
-- Params:   $records JSON list of (origin_stream, origin_offset, retry)
-- Units:    none
with
    settled as (
        select
            unnest(
                from_json(
                    $records::json,
                    '[{"origin_stream":"VARCHAR","origin_offset":"BIGINT","retry":"INTEGER"}]'
                ),
                recursive := true
            )
    )
delete from dead_letters
where
    exists (
        select
            1
        from
            settled as s
        where
            s.origin_stream = dead_letters.origin_stream
            and s.origin_offset = dead_letters.origin_offset
    )
