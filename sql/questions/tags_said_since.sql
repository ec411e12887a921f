-- Question: of how many sentences of a period did people say something of the tags since a report of it was made?
-- Grain:    one row
-- Params:   $from, $until  JST calendar dates, half-open; $job weekly or monthly; $period, $revision of that report
-- Units:    sentences as people read them, each counted once: fixed before confirmed, and undone where nothing else holds
with
    made as (
        select
            made_at
        from
            frozen_reports
        where
            job = $job
            and period = $period
            and revision = $revision::integer
            and piece = 0
    ),
    spoken as (
        select
            bool_or(t.step = 'fix') as is_fixed,
            bool_or(t.step = 'confirm') as is_confirmed
        from
            person_tags as t
            join made on t.said_at > made.made_at
            join voices on voices.voice_id = t.voice_id
        where
            voices.received_on >= $from::date
            and voices.received_on < $until::date
            and t.state = 'standing'
        group by
            t.voice_id,
            t.span_start,
            t.span_end
    )
select
    (
        count(*) filter(
            where
                is_fixed
        )
    )::integer as fixed,
    (
        count(*) filter(
            where
                is_confirmed
                and not is_fixed
        )
    )::integer as confirmed,
    (
        count(*) filter(
            where
                not is_confirmed
                and not is_fixed
        )
    )::integer as undone
from
    spoken
