-- Question: which report was made and frozen?
-- Grain:    one row per (job, period, revision, piece); a second load of the same action changes nothing
-- Params:   $job, $period, $revision, $made_at ISO instant, $pieces list of texts, the value's JSON text in short rows
-- Units:    none
insert into
    frozen_reports (job, period, revision, made_at, piece, text)
select
    $job,
    $period,
    $revision::integer,
    $made_at::timestamptz,
    unnest(range(len($pieces::varchar[]))),
    unnest($pieces::varchar[])
where
    not exists (
        select
            1
        from
            frozen_reports
        where
            job = $job
            and period = $period
            and revision = $revision::integer
    )
