-- Question: what did the machine say of the staged voices? It comes back to the tables of voices, segments and topics.
-- Grain:    one row per voice, per segment and per topic that a person's word stood in the place of
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
update segments
set
    sentiment = c.machine_sentiment,
    sentiment_confidence = c.machine_sentiment_confidence,
    polarity = c.machine_polarity,
    kind = c.machine_kind,
    kind_confidence = c.machine_kind_confidence
from
    confirmed_segments as c
    semi join staged_ids on staged_ids.voice_id = c.voice_id
where
    segments.segment_id = c.segment_id;

delete from segment_topics
where
    (segment_id, taxonomy) in (
        select
            c.segment_id,
            unnest(c.topic_tags).taxonomy
        from
            confirmed_segments as c
            semi join staged_ids on staged_ids.voice_id = c.voice_id
    );

insert into
    segment_topics by name
select
    c.segment_id,
    c.voice_id,
    unnest(c.machine_topics, max_depth := 2)
from
    confirmed_segments as c
    semi join staged_ids on staged_ids.voice_id = c.voice_id;

update voices
set
    sentiment = c.machine_sentiment,
    polarity = c.machine_polarity,
    kind = c.machine_kind
from
    confirmed_voices as c
    semi join staged_ids on staged_ids.voice_id = c.voice_id
where
    voices.voice_id = c.voice_id;

delete from confirmed_segments
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    );

delete from confirmed_voices
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    );
