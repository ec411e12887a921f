-- Question: which period of a job is claimed or done?
-- Grain:    one row per (job, period)
-- Params:   $job, $period, $state claimed or done, $claimed_at ISO instant
-- Units:    none
insert into
    ledger (job, period, state, claimed_at)
values
    ($job, $period, $state, $claimed_at::timestamptz)
on conflict (job, period) do
update
set
    state = excluded.state,
    claimed_at = excluded.claimed_at
