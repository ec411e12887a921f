-- Question: which records cannot be read and are not discarded, in the files that brought the period's voices (in all files where it has none)?
-- Grain:    one row per dead letter, at most $limit of them
-- Params:   $from, $until  JST calendar dates, half-open; $limit rows
-- Units:    origin_row is a line in the file, from 1; total_count counts dead letters beyond the limit, too
with
    in_period as (
        select distinct
            origin_stream
        from
            voices
        where
            received_on >= $from::date
            and received_on < $until::date
    )
select
    file,
    origin_row::integer as origin_row,
    column_name,
    step,
    reason,
    count(*) over ()::integer as total_count
from
    dead_letters
where
    discarded_at is null
    and (
        origin_stream in (
            select
                origin_stream
            from
                in_period
        )
        or not exists (
            select
                origin_stream
            from
                in_period
        )
    )
order by
    file,
    origin_row,
    origin_stream,
    origin_offset,
    step,
    reason,
    column_name
limit
    $limit::integer
