-- Question: how did the number of voices, and of those with something negative, move week by week or month by month?
-- Grain:    one row per week (from Monday) or month that has a voice
-- Params:   $from, $until  JST calendar dates, half-open; $unit  'week' or 'month'
-- Units:    counts in voices; negative_count: voices with at least one negative segment
with
    spoken as (
        select
            date_trunc($unit, received_on)::date as starts_on,
            count(*)::integer as voice_count
        from
            voices
        where
            received_on >= $from::date
            and received_on < $until::date
        group by
            starts_on
    ),
    felt as (
        select
            date_trunc($unit, received_on)::date as starts_on,
            count(distinct voice_id)::integer as negative_count
        from
            segments
        where
            received_on >= $from::date
            and received_on < $until::date
            and sentiment = 'negative'
        group by
            starts_on
    )
select
    spoken.starts_on::varchar as starts_on,
    spoken.voice_count,
    coalesce(felt.negative_count, 0) as negative_count
from
    spoken
    left join felt on felt.starts_on = spoken.starts_on
order by
    spoken.starts_on
