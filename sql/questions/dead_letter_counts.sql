-- Question: why could records not be read that were refused in a period, and that nobody has discarded?
-- Grain:    one row per (file, step, reason)
-- Params:   $from, $until  JST calendar dates, half-open: days of the refusal, not of the voice
-- Units:    letters counts dead letters
select
    file,
    step,
    reason,
    count(*)::integer as letters
from
    dead_letters
where
    dead_at at time zone 'Asia/Tokyo' >= $from::date
    and dead_at at time zone 'Asia/Tokyo' < $until::date
    and discarded_at is null
group by
    file,
    step,
    reason
order by
    letters desc,
    file,
    step,
    reason
