-- Question: how many more voices of its period are there than the newest frozen report counted?
-- Grain:    one row; none without a report, and for a product line's
-- Params:   $job weekly, monthly or daily, $period such as 2025-W31
-- Units:    voice_count in voices
with
    newest as (
        select
            value
        from
            reports
        where
            job = $job
            and period = $period
        order by
            revision desc
        limit
            1
    ),
    counted as (
        select
            (value ->> '$.period.from')::date as first_day,
            (value ->> '$.period.until')::date as until_day,
            (value ->> '$.figures.all.value')::integer as voice_count
        from
            newest
        where
            value ->> '$.period.line' is null
    )
select
    greatest(
        0,
        count(voices.voice_id) - any_value(counted.voice_count)
    )::integer as voice_count
from
    counted
    left join voices on voices.received_on >= counted.first_day
    and voices.received_on < counted.until_day
having
    count(*) > 0
