-- Question: which records of one source file cannot be read and are not discarded, first ones first?
-- Grain:    one row per dead letter
-- Params:   $stream origin stream, $limit rows
-- Units:    origin_row line in the file, from 1
select
    origin_row::integer as origin_row,
    column_name,
    reason
from
    dead_letters
where
    origin_stream = $stream
    and discarded_at is null
order by
    origin_offset
limit
    $limit::integer
