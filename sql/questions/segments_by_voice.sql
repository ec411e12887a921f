-- Question: how were some voices of a span cut and tagged?
-- Grain:    one row per (segment, topic), in reading order within its voice; one row for a segment without a topic
-- Params:   $ids JSON list of voice ids; $from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy
-- Units:    spans in Unicode code points of the voice's text; confidences in [0, 1]; null sentiment or kind: held back
with
    asked as (
        select
            unnest(from_json($ids::json, '["UUID"]')) as voice_id
    ),
    spoken as (
        select
            segments.segment_id,
            segments.voice_id,
            segments.position,
            segments.span_start,
            segments.span_end,
            segments.sentiment,
            segments.sentiment_confidence,
            segments.kind,
            segments.kind_confidence
        from
            segments
            semi join asked on asked.voice_id = segments.voice_id
        where
            segments.received_on >= $from::date
            and segments.received_on < $until::date
    ),
    tags as (
        select
            segment_id,
            topic,
            confidence,
            decided_by
        from
            segment_topics
        where
            taxonomy = $taxonomy
            and segment_id >= (
                select
                    min(segment_id)
                from
                    spoken
            )
            and segment_id <= (
                select
                    max(segment_id)
                from
                    spoken
            )
    )
select
    spoken.voice_id::varchar as voice_id,
    spoken.position,
    spoken.span_start,
    spoken.span_end,
    spoken.sentiment,
    spoken.sentiment_confidence::double as sentiment_confidence,
    spoken.kind,
    spoken.kind_confidence::double as kind_confidence,
    tags.topic,
    tags.confidence::double as topic_confidence,
    tags.decided_by = 'person' as is_confirmed
from
    spoken
    left join tags on tags.segment_id = spoken.segment_id
order by
    spoken.voice_id,
    spoken.position,
    tags.topic
