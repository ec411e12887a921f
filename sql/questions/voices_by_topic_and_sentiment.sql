-- Question: how many voices have at least one segment of a topic and a sentiment?
-- Grain:    one row per (period, topic, sentiment), null sentiment (判定保留) too; a cell without a voice has no row
-- Params:   $previous_from, $from, $until  JST calendar dates; $taxonomy  name of the taxonomy
-- Units:    voice_count in voices; voice_ids newest first, joined by commas
with
    in_span as (
        select
            voice_id,
            received_at,
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
            segment_id,
            voice_id,
            sentiment
        from
            segments
        where
            received_on >= $previous_from::date
            and received_on < $until::date
    ),
    tagged as (
        select distinct
            in_span.period,
            segment_topics.topic,
            felt.sentiment,
            in_span.voice_id,
            in_span.received_at
        from
            segment_topics
            join felt on felt.segment_id = segment_topics.segment_id
            join in_span on in_span.voice_id = felt.voice_id
        where
            segment_topics.taxonomy = $taxonomy
            and segment_topics.segment_id >= (
                select
                    min(segment_id)
                from
                    felt
            )
            and segment_topics.segment_id <= (
                select
                    max(segment_id)
                from
                    felt
            )
    )
select
    period,
    topic,
    sentiment,
    count(*)::integer as voice_count,
    string_agg(
        voice_id::varchar,
        ','
        order by
            received_at desc,
            voice_id
    ) as voice_ids
from
    tagged
group by
    period,
    topic,
    sentiment
order by
    period,
    topic,
    sentiment
