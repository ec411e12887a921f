-- Question: which reports are frozen, and in how many rows is the value of each?
-- Grain:    one row per (job, period, revision)
-- Params:   none
-- Units:    pieces in rows
select
    job,
    period,
    revision,
    count(*)::integer as pieces
from
    frozen_reports
group by
    job,
    period,
    revision
order by
    job,
    period,
    revision
