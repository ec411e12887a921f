-- Question: how did the number of voices, and of those with something negative, a complaint or praise, move over time?
-- Grain:    one row per week (from Monday) or month that has a voice
-- Params:   $from, $until  JST calendar dates, half-open; $unit  'week' or 'month'
-- Units:    counts in voices, with at least one such segment
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
            voice_id,
            date_trunc($unit, any_value(received_on))::date as starts_on,
            bool_or(sentiment = 'negative') as has_negative,
            bool_or(kind = 'complaint') as has_complaint,
            bool_or(kind = 'praise') as has_praise
        from
            segments
        where
            received_on >= $from::date
            and received_on < $until::date
        group by
            voice_id
    ),
    counted as (
        select
            starts_on,
            count_if(has_negative)::integer as negative_count,
            count_if(has_complaint)::integer as complaint_count,
            count_if(has_praise)::integer as praise_count
        from
            felt
        group by
            starts_on
    )
select
    spoken.starts_on::varchar as starts_on,
    spoken.voice_count,
    coalesce(counted.negative_count, 0) as negative_count,
    coalesce(counted.complaint_count, 0) as complaint_count,
    coalesce(counted.praise_count, 0) as praise_count
from
    spoken
    left join counted on counted.starts_on = spoken.starts_on
order by
    spoken.starts_on
