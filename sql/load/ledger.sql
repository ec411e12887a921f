-- Question: which periods of a job were claimed or done? Without those of product lines: a line is done with its whole.
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
    and not contains(period, '.')
order by
    period
