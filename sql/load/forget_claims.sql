-- Question: which claims belong to a process that died? Only one writer lives, so all that are left at start.
-- Grain:    one row per (job, period)
-- Params:   none
-- Units:    none
delete from ledger
where
    state = 'claimed'
