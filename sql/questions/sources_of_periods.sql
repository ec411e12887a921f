-- Question: which sources spoke in these periods, and in how many of them?
-- Grain:    one row per source
-- Params:   $periods  JSON list of {from, until}, JST calendar dates, half-open
-- Units:    voice_count in voices, period_count in periods with at least one
with
    days as (
        select
            key::integer as period,
            unnest(
                generate_series(
                    (value ->> 'from')::date,
                    (value ->> 'until')::date - interval 1 day,
                    interval 1 day
                )
            )::date as day
        from
            json_each ($periods::json)
    )
select
    voices.source,
    count(*)::integer as voice_count,
    count(distinct days.period)::integer as period_count
from
    voices
    join days on days.day = voices.received_on
group by
    voices.source
order by
    voice_count desc,
    voices.source
