-- Question: what does each segment say, of which voice, on which topic?
-- Grain:    one row per (segment, taxonomy, topic); one row with null topic for a segment without any
-- Params:   none
-- Units:    polarity in [-1, 1]; confidence in [0, 1]; received_on JST date; intensity 0 to 3;
--           sentiment and kind null where held back (判定保留); emotions surest first
create or replace view tagged_segments as
select
    s.segment_id,
    s.voice_id,
    s.received_on,
    v.source,
    v.place,
    v.product,
    s.text,
    s.sentiment,
    s.polarity,
    s.kind,
    list_transform(s.emotions, lambda each: each.emotion) as emotions,
    s.intensity,
    s.harm,
    g.taxonomy,
    g.topic,
    t.parent_label,
    t.label as topic_label,
    g.confidence,
    g.decided_by
from
    segments as s
    inner join named_voices as v on v.voice_id = s.voice_id
    left join segment_topics as g on g.segment_id = s.segment_id
    left join topics as t on t.taxonomy = g.taxonomy
    and t.topic = g.topic
