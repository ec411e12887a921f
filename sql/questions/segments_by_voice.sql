-- Question: how were some voices of a span cut and tagged?
-- Grain:    one row: a JSON list of one object per (segment, topic), in reading order within its voice; one row for a segment without a topic
--           that the taxonomy has
-- Params:   $ids JSON list of voice ids; $from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy
-- Units:    spans in Unicode code points of the voice's text; null sentiment or kind: held back; is_confirmed without a topic: a person said that there is none
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
            segments.kind,
            c.sentiment_tag is not null as sentiment_confirmed,
            c.kind_tag is not null as kind_confirmed,
            coalesce(
                list_contains(
                    list_transform(c.topic_tags, lambda each: each.taxonomy),
                    $taxonomy
                ),
                false
            ) as topics_confirmed
        from
            segments
            semi join asked on asked.voice_id = segments.voice_id
            left join confirmed_segments as c on c.segment_id = segments.segment_id
        where
            segments.received_on >= $from::date
            and segments.received_on < $until::date
    ),
    tags as (
        select
            segment_id,
            topic,
            decided_by
        from
            segment_topics
            semi join topics on topics.taxonomy = segment_topics.taxonomy
            and topics.topic = segment_topics.topic
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
                    voice_id := spoken.voice_id,
                    span_start := spoken.span_start,
                    span_end := spoken.span_end,
                    sentiment := spoken.sentiment,
                    kind := spoken.kind,
                    sentiment_confirmed := spoken.sentiment_confirmed,
                    kind_confirmed := spoken.kind_confirmed,
                    topic := tags.topic,
                    is_confirmed := coalesce(
                        tags.decided_by = 'person',
                        spoken.topics_confirmed
                    )
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
