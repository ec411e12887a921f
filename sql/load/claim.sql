-- Question: whose is this period of a job? Whoever finds no row and puts one there.
-- Grain:    one row where the claim succeeded, none where the period was claimed or done before
-- Params:   $job, $period, $claimed_at ISO instant
-- Units:    none
insert into
    ledger (job, period, state, claimed_at)
values
    (
        $job,
        $period,
        'claimed',
        $claimed_at::timestamptz
    )
on conflict (job, period) do nothing
returning
    period
