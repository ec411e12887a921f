-- Question: which report was made and frozen?
-- Grain:    one row per (job, period, revision, piece); a second load of the same action changes nothing
-- Params:   $job, $period, $revision, $made_at ISO instant, $pieces the value's JSON text with U+001E, which no JSON has, between what is a row each
-- Units:    none
with
    cut as (
        select
            string_split($pieces, chr(30)) as pieces
    )
insert into
    frozen_reports (job, period, revision, made_at, piece, text)
select
    $job,
    $period,
    $revision::integer,
    $made_at::timestamptz,
    unnest(range(len(cut.pieces))),
    unnest(cut.pieces)
from
    cut
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
