-- Question: how is a voice cut, what is each segment tagged with, and who said so?
-- Grain:    one row per segment, in reading order
-- Params:   $voice_id uuid as text
-- Units:    spans in code points of the voice's text; sentiment and kind null where held back; sentiment_by, kind_by and
--           topics_by name a person, else a machine; is_harm as a machine reads it; topics JSON list of (taxonomy, topic, confidence)
with
    said as (
        select
            tag_id,
            author || ' ' || strftime(said_at at time zone 'Asia/Tokyo', '%Y-%m-%d') as by_whom
        from
            person_tags
        where
            voice_id = $voice_id::uuid
    ),
    tags as (
        select
            segment_id,
            list(
                struct_pack(
                    taxonomy := taxonomy,
                    topic := topic,
                    confidence := round(confidence, 3)
                )
                order by
                    taxonomy,
                    confidence desc,
                    topic
            ) as topics
        from
            segment_topics
        where
            voice_id = $voice_id::uuid
        group by
            segment_id
    ),
    confirmed as (
        select
            segment_id,
            unnest(topic_tags, max_depth := 2)
        from
            confirmed_segments
        where
            voice_id = $voice_id::uuid
    ),
    confirmed_topics as (
        select
            confirmed.segment_id,
            list(
                struct_pack(
                    taxonomy := confirmed.taxonomy,
                    by_whom := said.by_whom
                )
                order by
                    confirmed.taxonomy
            ) as topics_by
        from
            confirmed
            join said on said.tag_id = confirmed.tag_id
        group by
            confirmed.segment_id
    )
select
    r.revision_hash,
    s.span_start,
    s.span_end,
    s.text,
    s.sentiment,
    s.sentiment_confidence::double as sentiment_confidence,
    of_sentiment.by_whom as sentiment_by,
    s.kind,
    s.kind_confidence::double as kind_confidence,
    of_kind.by_whom as kind_by,
    coalesce(s.harm, false) as is_harm,
    coalesce(to_json(tags.topics), '[]')::varchar as topics,
    coalesce(to_json(confirmed_topics.topics_by), '[]')::varchar as topics_by
from
    segments as s
    join voices as v on v.voice_id = s.voice_id
    join voice_revisions as r on r.voice_id = v.voice_id
    and r.revision = v.revision
    left join confirmed_segments as c on c.segment_id = s.segment_id
    left join said as of_sentiment on of_sentiment.tag_id = c.sentiment_tag
    left join said as of_kind on of_kind.tag_id = c.kind_tag
    left join tags on tags.segment_id = s.segment_id
    left join confirmed_topics on confirmed_topics.segment_id = s.segment_id
where
    s.voice_id = $voice_id::uuid
order by
    s.position
