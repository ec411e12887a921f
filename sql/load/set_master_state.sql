-- Question: which tables are applied, and up to which segment?
-- Grain:    one row
-- Params:   $content_hash; $next_segment_id first segment that is not yet searched
-- Units:    none
insert into
    master_state (name, content_hash, next_segment_id)
values
    ('master', $content_hash, $next_segment_id::bigint)
on conflict (name) do
update
set
    content_hash = excluded.content_hash,
    next_segment_id = excluded.next_segment_id
