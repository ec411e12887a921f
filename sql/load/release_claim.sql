-- Question: which claim is given back after a failure?
-- Grain:    one row per (job, period)
-- Params:   $job, $period
-- Units:    none
delete from ledger
where
    job = $job
    and period = $period
    and state = 'claimed'
