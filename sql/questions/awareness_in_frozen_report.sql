-- Question: which awareness comments did one frozen report show?
-- Grain:    one row per awareness comment
-- Params:   $job  weekly or monthly; $period; $revision
-- Units:    none
with
    shown as (
        select
            unnest(
                from_json(
                    json_extract(value, '/awarenessShown'),
                    '["VARCHAR"]'
                )
            ) as awareness_id
        from
            reports
        where
            job = $job
            and period = $period
            and revision = $revision::integer
    )
select
    awareness_id
from
    shown
where
    awareness_id is not null
order by
    awareness_id
