-- Question: where does the next load of a stream begin?
-- Grain:    one row per stream
-- Params:   $stream, $next_offset
-- Units:    next_offset in records
insert into
    offsets (stream, next_offset)
values
    ($stream, $next_offset::bigint)
on conflict (stream) do
update
set
    next_offset = greatest(offsets.next_offset, excluded.next_offset)
