-- Question: which awareness comments did earlier reports of a job show?
-- Grain:    one row per awareness comment
-- Params:   $job  weekly or monthly; $period  name of the period whose predecessors are read, of the same product line
-- Units:    none; only the newest revision of each report counts
with
    revisions as (
        select
            value,
            row_number() over (
                partition by
                    period
                order by
                    revision desc
            ) as nth
        from
            reports
        where
            job = $job
            and period < $period
            and split_part(period, '.', 2) = split_part($period, '.', 2)
    ),
    shown as (
        select
            unnest(
                from_json(
                    json_extract(value, '/awarenessShown'),
                    '["VARCHAR"]'
                )
            ) as awareness_id
        from
            revisions
        where
            nth = 1
    )
select distinct
    awareness_id
from
    shown
where
    awareness_id is not null
order by
    awareness_id
