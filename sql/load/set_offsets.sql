-- Question: where does the next load of some streams begin?
-- Grain:    one row per stream
-- Params:   $offsets JSON list of (stream, next_offset), each stream once
-- Units:    next_offset in records
insert into
    offsets (stream, next_offset)
select
    unnest(
        from_json(
            $offsets::json,
            '[{"stream":"VARCHAR","next_offset":"BIGINT"}]'
        ),
        recursive := true
    )
on conflict (stream) do
update
set
    next_offset = greatest(offsets.next_offset, excluded.next_offset)
