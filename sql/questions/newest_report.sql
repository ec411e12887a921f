-- Question: what does the newest frozen report of a period say?
-- Grain:    one row, or none
-- Params:   $job weekly or monthly, $period such as 2025-W31
-- Units:    none
select
    revision,
    value
from
    reports
where
    job = $job
    and period = $period
order by
    revision desc
limit
    1
