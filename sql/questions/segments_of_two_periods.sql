-- Question: how were the voices of the period and of the one before it cut and tagged?
-- Grain:    one row per segment, in reading order within its voice
-- Params:   $previous_from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy
-- Units:    spans in Unicode code points of the voice's text; confidences in [0, 1]
with
    spoken as (
        select
            segment_id,
            voice_id,
            position,
            span_start,
            span_end,
            sentiment,
            sentiment_confidence,
            kind,
            kind_confidence
        from
            segments
        where
            received_on >= $previous_from::date
            and received_on < $until::date
    ),
    tags as (
        select
            segment_topics.segment_id,
            list(
                segment_topics.topic
                order by
                    segment_topics.topic
            ) as topics,
            list(
                segment_topics.confidence::double
                order by
                    segment_topics.topic
            ) as topic_confidences,
            list(
                segment_topics.decided_by
                order by
                    segment_topics.topic
            ) as topic_decided_by
        from
            segment_topics
            join spoken on spoken.segment_id = segment_topics.segment_id
        where
            segment_topics.taxonomy = $taxonomy
        group by
            segment_topics.segment_id
    )
select
    spoken.voice_id::varchar as voice_id,
    spoken.span_start,
    spoken.span_end,
    spoken.sentiment,
    spoken.sentiment_confidence::double as sentiment_confidence,
    spoken.kind,
    spoken.kind_confidence::double as kind_confidence,
    coalesce(tags.topics, []) as topics,
    coalesce(tags.topic_confidences, []) as topic_confidences,
    coalesce(tags.topic_decided_by, []) as topic_decided_by
from
    spoken
    left join tags on tags.segment_id = spoken.segment_id
order by
    spoken.voice_id,
    spoken.position
