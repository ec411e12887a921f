-- Question: what does a frozen report say without the words of forgotten voices?
-- Grain:    one row per (job, period, revision)
-- Params:   $job, $period, $revision, $value JSON text
-- Units:    none
update reports
set
    value = $value
where
    job = $job
    and period = $period
    and revision = $revision::integer
