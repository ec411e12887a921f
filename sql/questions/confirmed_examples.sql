-- Question: which segments did people tag, and with what, as examples that a head learns from or is measured by?
-- Grain:    one row per segment, oldest voice first
-- Params:   none
-- Units:    sentiment and kind null where no person said any; topics JSON list of (taxonomy, topics) that a person said
with
    named as (
        select
            segment_id,
            unnest(topic_tags).taxonomy as taxonomy
        from
            confirmed_segments
    ),
    tagged as (
        select
            named.segment_id,
            named.taxonomy,
            coalesce(
                list(
                    g.topic
                    order by
                        g.topic
                ) filter(
                    where
                        g.topic is not null
                ),
                []
            ) as topics
        from
            named
            left join segment_topics as g on g.segment_id = named.segment_id
            and g.taxonomy = named.taxonomy
        group by
            named.segment_id,
            named.taxonomy
    )
select
    s.text,
    if (c.sentiment_tag is null, null, s.sentiment) as sentiment,
    if (c.kind_tag is null, null, s.kind) as kind,
    coalesce(
        to_json(
            (
                select
                    list(
                        struct_pack(taxonomy := t.taxonomy, topics := t.topics)
                        order by
                            t.taxonomy
                    )
                from
                    tagged as t
                where
                    t.segment_id = c.segment_id
            )
        ),
        '[]'
    )::varchar as topics
from
    confirmed_segments as c
    join segments as s on s.segment_id = c.segment_id
order by
    s.received_on,
    s.voice_id,
    s.position
