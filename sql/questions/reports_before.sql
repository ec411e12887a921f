-- Question: which reports of a job came before a period, of the same product line?
-- Grain:    one row per period: its newest revision
-- Params:   $job  weekly or monthly; $period  name of the period
-- Units:    none
select
    period,
    max(revision)::integer as revision
from
    reports
where
    job = $job
    and period < $period
    and split_part(period, '.', 2) = split_part($period, '.', 2)
group by
    period
order by
    period
