-- Question: which dead letter is not wanted, as a person said?
-- Grain:    one row; the first word about it stands
-- Params:   $stream, $offset its place; $author, $reason; $at ISO instant
-- Units:    none
update dead_letters
set
    discarded_at = $at::timestamptz,
    discarded_by = $author,
    discard_reason = $reason
where
    origin_stream = $stream
    and origin_offset = $offset::bigint
    and discarded_at is null
