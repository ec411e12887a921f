-- Question: of which voices of a period did people say something of the tags that holds, since a report of it was made, and which came again with other words?
-- Grain:    one row
-- Params:   $from, $until  JST calendar dates, half-open; $job weekly or monthly; $period, $revision of that report
-- Units:    ids joined by commas; revised_ids: at any time, also before that report
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
    judged as (
        select distinct
            t.voice_id
        from
            person_tags as t
            join made on t.said_at > made.made_at
        where
            t.state = 'standing'
    ),
    in_period as (
        select
            voice_id,
            revision
        from
            voices
        where
            received_on >= $from::date
            and received_on < $until::date
    )
select
    coalesce(
        string_agg(
            v.voice_id::varchar,
            ','
            order by
                v.voice_id
        ) filter(
            where
                judged.voice_id is not null
        ),
        ''
    ) as voice_ids,
    coalesce(
        string_agg(
            v.voice_id::varchar,
            ','
            order by
                v.voice_id
        ) filter(
            where
                v.revision > 1
        ),
        ''
    ) as revised_ids
from
    in_period as v
    left join judged on judged.voice_id = v.voice_id
