-- Question: what do the frozen reports say?
-- Grain:    one row per (job, period, revision)
-- Params:   none
-- Units:    value JSON text, of megabytes where voices are many: ask for one report by its job and period
create or replace view reports as
select
    job,
    period,
    revision,
    made_at,
    string_agg(
        text,
        ''
        order by
            piece
    ) as value
from
    frozen_reports
group by
    job,
    period,
    revision,
    made_at
