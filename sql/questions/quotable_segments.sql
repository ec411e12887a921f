-- Question: which segments of the period blame a topic, or praise?
-- Grain:    one row: a JSON list of one object per (segment, topic), in reading order within its voice; one row for praise without a topic
-- Params:   $from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy
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
            received_on >= $from::date
            and received_on < $until::date
            and may_be_quoted (sentiment, kind)
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
    coalesce(
        to_json(
            list(
                struct_pack(
                    segment_id := spoken.segment_id,
                    voice_id := spoken.voice_id,
                    span_start := spoken.span_start,
                    span_end := spoken.span_end,
                    sentiment := spoken.sentiment,
                    sentiment_confidence := spoken.sentiment_confidence::double,
                    kind := spoken.kind,
                    kind_confidence := spoken.kind_confidence::double,
                    topic := tags.topic,
                    topic_confidence := tags.confidence::double,
                    is_confirmed := tags.decided_by = 'person'
                )
                order by
                    spoken.voice_id,
                    spoken.position,
                    tags.topic
            )
        ),
        '[]'
    )::varchar as answer
from
    spoken
    left join tags on tags.segment_id = spoken.segment_id
where
    tags.topic is not null
    or spoken.sentiment = 'positive'
