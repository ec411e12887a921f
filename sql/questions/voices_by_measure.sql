-- Question: how many voices were there, and how many hold a complaint, something negative, praise,
--           a segment held back, no topic, no opinion?
-- Grain:    one row per (period, measure); a measure without a voice has no row
-- Params:   $previous_from, $from, $until  JST calendar dates; $taxonomy  name of the taxonomy
-- Units:    voice_count in voices; voice_ids newest first, joined by commas; no_verdict: with a segment whose sentiment or kind is null
with
    in_span as (
        select
            voice_id,
            received_at,
            segment_count,
            case
                when received_on >= $from::date then 'this'
                else 'previous'
            end as period
        from
            voices
        where
            received_on >= $previous_from::date
            and received_on < $until::date
    ),
    felt as (
        select
            voice_id,
            min(segment_id) as first_segment,
            max(segment_id) as last_segment,
            bool_or(kind = 'complaint') as has_complaint,
            bool_or(sentiment = 'negative') as has_negative,
            bool_or(kind = 'praise') as has_praise,
            bool_or(
                sentiment is null
                or kind is null
            ) as has_held_back
        from
            segments
        where
            received_on >= $previous_from::date
            and received_on < $until::date
        group by
            voice_id
    ),
    tagged as (
        select distinct
            voice_id
        from
            segment_topics
        where
            taxonomy = $taxonomy
            and segment_id >= (
                select
                    min(first_segment)
                from
                    felt
            )
            and segment_id <= (
                select
                    max(last_segment)
                from
                    felt
            )
    ),
    measured as (
        select
            in_span.period,
            in_span.voice_id,
            in_span.received_at,
            unnest(
                [
                    'all',
                    case
                        when felt.has_complaint then 'complaint'
                    end,
                    case
                        when felt.has_negative then 'negative'
                    end,
                    case
                        when felt.has_praise then 'praise'
                    end,
                    case
                        when felt.has_held_back then 'no_verdict'
                    end,
                    case
                        when in_span.segment_count = 0 then 'no_opinion'
                    end,
                    case
                        when in_span.segment_count > 0
                        and tagged.voice_id is null then 'no_topic'
                    end
                ]
            ) as measure
        from
            in_span
            left join felt on felt.voice_id = in_span.voice_id
            left join tagged on tagged.voice_id = in_span.voice_id
    )
select
    period,
    measure,
    count(*)::integer as voice_count,
    string_agg(
        voice_id::varchar,
        ','
        order by
            received_at desc,
            voice_id
    ) as voice_ids
from
    measured
where
    measure is not null
group by
    period,
    measure
order by
    period,
    measure
