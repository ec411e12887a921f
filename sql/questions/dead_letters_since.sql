-- Question: which records were refused in a period, and not discarded?
-- Grain:    one row per dead letter, at most $limit of them
-- Params:   $from, $until  JST calendar dates, half-open: days of the refusal, not of the voice; $limit rows
-- Units:    origin_row is a line in the file, from 1
select
    file,
    origin_row::integer as origin_row,
    column_name,
    reason
from
    dead_letters
where
    dead_at at time zone 'Asia/Tokyo' >= $from::date
    and dead_at at time zone 'Asia/Tokyo' < $until::date
    and discarded_at is null
order by
    file,
    origin_stream,
    origin_offset
limit
    $limit::integer
