-- Question: how did the number of voices with something negative, a complaint or praise move over time?
-- Grain:    one row per week (from Monday) or month that has a segment
-- Params:   $from, $until  JST calendar dates, half-open; $unit  'week' or 'month'
-- Units:    counts in voices, with at least one such segment
with
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
    date_trunc($unit, received_on)::date::varchar as starts_on,
    sum(negative_count)::integer as negative_count,
    sum(complaint_count)::integer as complaint_count,
    sum(praise_count)::integer as praise_count
from
    felt
group by
    starts_on
order by
    starts_on
