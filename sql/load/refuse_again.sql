-- Question: which dead letter was tried once more, in vain?
-- Grain:    one row
-- Params:   $stream, $offset its place; $step, $reason, $column_name, $epoch of this try; $tries; $at ISO instant
-- Units:    tries from 1
update dead_letters
set
    step = $step,
    reason = $reason,
    column_name = $column_name,
    epoch = $epoch::integer,
    tries = $tries::integer,
    last_tried_at = $at::timestamptz
where
    origin_stream = $stream
    and origin_offset = $offset::bigint
