-- Question: which frozen reports name one of the staged voices, wherever in their values?
-- Grain:    one row per (job, period, revision)
-- Params:   none; reads the temporary table staged_ids
-- Units:    value JSON text
with
    named as (
        select
            job,
            period,
            revision,
            unnest(
                list_distinct(
                    regexp_extract_all(
                        value,
                        '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
                    )
                )
            ) as voice_id
        from
            reports
    )
select
    job,
    period,
    revision,
    value
from
    reports
    semi join (
        select
            n.job,
            n.period,
            n.revision
        from
            named as n
            inner join staged_ids as s on s.voice_id::varchar = n.voice_id
    ) as quoting using (job, period, revision)
order by
    job,
    period,
    revision
