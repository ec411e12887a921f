-- Question: which deliveries are there, and what became of them?
-- Grain:    one row per (job, period, revision, recipient)
-- Params:   $period such as 2025-W31, null for all
-- Units:    *_at and not_before ISO instants in UTC
select
    job,
    period,
    revision,
    recipient,
    round,
    state,
    tries,
    answers_lost,
    strftime(
        asked_at at time zone 'UTC',
        '%Y-%m-%dT%H:%M:%S.%gZ'
    ) as asked_at,
    strftime(
        tried_at at time zone 'UTC',
        '%Y-%m-%dT%H:%M:%S.%gZ'
    ) as tried_at,
    strftime(
        not_before at time zone 'UTC',
        '%Y-%m-%dT%H:%M:%S.%gZ'
    ) as not_before,
    reason,
    message
from
    deliveries
where
    $period is null
    or period = $period
order by
    asked_at,
    job,
    period,
    revision,
    recipient
