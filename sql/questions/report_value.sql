-- Question: what does a revision of a report say?
-- Grain:    one row, or none
-- Params:   $job weekly or monthly, $period such as 2025-W31, $revision
-- Units:    none
select
    value
from
    reports
where
    job = $job
    and period = $period
    and revision = $revision::integer
