-- Question: which report was made and frozen?
-- Grain:    one row per (job, period, revision); a second load of the same action changes nothing
-- Params:   $job, $period, $revision, $made_at ISO instant, $value JSON text
-- Units:    none
insert into
    reports (job, period, revision, made_at, value)
select
    $job,
    $period,
    $revision::integer,
    $made_at::timestamptz,
    $value
where
    not exists (
        select
            1
        from
            reports
        where
            job = $job
            and period = $period
            and revision = $revision::integer
    )
