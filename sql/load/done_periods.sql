-- Question: which periods of a job were done? Without those of product lines: a line is done with its whole.
-- Grain:    one row per period
-- Params:   $job
-- Units:    none
select
    period
from
    ledger
where
    job = $job
    and state = 'done'
    and not contains(period, '.')
order by
    period
