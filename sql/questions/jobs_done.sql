-- Question: when did each job of the timetable last succeed?
-- Grain:    one row per job that ever did
-- Params:   none
-- Units:    done_at seconds since 1970
select
    job,
    epoch(max(claimed_at)) as done_at
from
    ledger
where
    state = 'done'
group by
    job
order by
    job
