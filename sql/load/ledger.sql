-- Question: which periods of a job were claimed or done?
-- Grain:    one row per period
-- Params:   $job
-- Units:    none
select
    period,
    state
from
    ledger
where
    job = $job
order by
    period
