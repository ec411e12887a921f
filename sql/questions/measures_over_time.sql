-- Question: how did the number of voices, and of those with something negative, a complaint or praise, move over time?
-- Grain:    one row per week (from Monday) or month that has a voice
-- Params:   $from, $until  JST calendar dates, half-open; $unit  'week' or 'month'
-- Units:    counts in voices, with at least one such segment
with
    spoken as (
        select
            received_on,
            count(*) as voice_count
        from
            voices
        where
            received_on >= $from::date
            and received_on < $until::date
        group by
            received_on
    ),
    felt as (
        select
            received_on,
            count(distinct voice_id) filter(sentiment = 'negative') as negative_count,
            count(distinct voice_id) filter(kind = 'complaint') as complaint_count,
            count(distinct voice_id) filter(kind = 'praise') as praise_count
        from
            segments
        where
            received_on >= $from::date
            and received_on < $until::date
        group by
            received_on
    )
select
    date_trunc($unit, spoken.received_on)::date::varchar as starts_on,
    sum(spoken.voice_count)::integer as voice_count,
    coalesce(sum(felt.negative_count), 0)::integer as negative_count,
    coalesce(sum(felt.complaint_count), 0)::integer as complaint_count,
    coalesce(sum(felt.praise_count), 0)::integer as praise_count
from
    spoken
    left join felt on felt.received_on = spoken.received_on
group by
    starts_on
order by
    starts_on
