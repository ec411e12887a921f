-- Question: what does a person's word stand in the place of? The machine's is set aside, and the person's is put there.
-- Grain:    one row per segment, per voice and per topic
-- Params:   none; reads the temporary table laid_segments
-- Units:    a person is sure: confidence 1
insert into
    confirmed_segments by name
select
    l.segment_id,
    l.voice_id,
    l.sentiment_tag,
    l.kind_tag,
    list_transform(
        l.topics,
        lambda each: struct_pack(taxonomy := each.taxonomy, tag_id := each.tag_id)
    ) as topic_tags,
    s.sentiment as machine_sentiment,
    s.sentiment_confidence as machine_sentiment_confidence,
    s.polarity as machine_polarity,
    s.kind as machine_kind,
    s.kind_confidence as machine_kind_confidence,
    coalesce(
        (
            select
                list(
                    struct_pack(
                        taxonomy := g.taxonomy,
                        topic := g.topic,
                        confidence := g.confidence,
                        decided_by := g.decided_by,
                        why := g.why,
                        epoch := g.epoch
                    )
                    order by
                        g.taxonomy,
                        g.topic
                )
            from
                segment_topics as g
            where
                g.segment_id = l.segment_id
                and list_contains(
                    list_transform(l.topics, lambda each: each.taxonomy),
                    g.taxonomy
                )
        ),
        []
    ) as machine_topics
from
    laid_segments as l
    join segments as s on s.segment_id = l.segment_id;

insert into
    confirmed_voices by name
select
    v.voice_id,
    v.sentiment as machine_sentiment,
    v.polarity as machine_polarity,
    v.kind as machine_kind
from
    voices as v
    semi join laid_segments as l on l.voice_id = v.voice_id;

update segments
set
    sentiment = coalesce(l.sentiment, segments.sentiment),
    sentiment_confidence = if (
        l.sentiment is null,
        segments.sentiment_confidence,
        1
    ),
    polarity = coalesce(l.polarity, segments.polarity),
    kind = coalesce(l.kind, segments.kind),
    kind_confidence = if (l.kind is null, segments.kind_confidence, 1)
from
    laid_segments as l
where
    segments.segment_id = l.segment_id;

delete from segment_topics
where
    (segment_id, taxonomy) in (
        select
            l.segment_id,
            unnest(l.topics).taxonomy
        from
            laid_segments as l
    );

insert into
    segment_topics by name
with
    by_taxonomy as (
        select
            segment_id,
            voice_id,
            unnest(topics, max_depth := 2)
        from
            laid_segments
    )
select
    t.segment_id,
    t.voice_id,
    t.taxonomy,
    unnest(t.topics) as topic,
    1 as confidence,
    'person' as decided_by,
    []::varchar[] as why,
    v.epoch
from
    by_taxonomy as t
    join voices as v on v.voice_id = t.voice_id;
