-- Question: how many customers had something negative in each cell of early signals week by week, and how many voices had each subject?
-- Grain:    one row per week (from Monday) with a voice
-- Params:   $from, $until  JST calendar dates, half-open, Mondays; $taxonomy  name of the taxonomy
-- Units:    counts JSON object of counts by cell, a JSON object itself: cells as in signal_cells.sql in customers; without a topic, subjects in voices
with
    spans as (
        select
            voice_id,
            date_trunc('week', received_on) as week,
            coalesce(product, place) as subject,
            case
                when product is null then 'place'
                else 'product'
            end as subject_kind,
            case
                when product is null then ''
                else coalesce(lot, '')
            end as lot,
            customer_key
        from
            named_voices
        where
            received_on >= $from::date
            and received_on < $until::date
    ),
    felt as (
        select
            segment_id
        from
            segments
        where
            sentiment = 'negative'
            and received_on >= $from::date
            and received_on < $until::date
    ),
    placed as (
        select
            spans.week,
            spans.subject_kind,
            spans.subject,
            spans.lot,
            segment_topics.topic,
            case
                when spans.customer_key is null then hash(spans.voice_id)
                else hash(spans.customer_key)
            end as customer
        from
            segment_topics
            semi join felt on felt.segment_id = segment_topics.segment_id
            join spans on spans.voice_id = segment_topics.voice_id
        where
            segment_topics.taxonomy = $taxonomy
            and spans.subject is not null
    ),
    celled as (
        select
            * replace('' as lot)
        from
            placed
        union all
        select
            *
        from
            placed
        where
            lot <> ''
    ),
    counted as (
        select
            week,
            subject_kind,
            subject,
            lot,
            topic,
            count(distinct customer)::integer as cell_count
        from
            celled
        group by
            week,
            subject_kind,
            subject,
            lot,
            topic
        union all
        select
            week,
            subject_kind,
            subject,
            '' as lot,
            null as topic,
            count(*)::integer as cell_count
        from
            spans
        group by
            week,
            subject_kind,
            subject
    )
select
    week::date::varchar as starts_on,
    json_group_object(
        to_json(
            struct_pack(
                subject_kind := subject_kind,
                subject := subject,
                lot := lot,
                topic := topic
            )
        )::varchar,
        cell_count
    )::varchar as counts
from
    counted
group by
    week
order by
    week
