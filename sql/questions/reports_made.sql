-- Question: which reports were made?
-- Grain:    one row per (job, period): its newest revision
-- Params:   none
-- Units:    made_at local time in Asia/Tokyo
select
    job,
    period,
    max(revision)::integer as revision,
    strftime(
        max(made_at) at time zone 'Asia/Tokyo',
        '%Y-%m-%d %H:%M'
    ) as made_at
from
    reports
group by
    job,
    period
order by
    job,
    period
