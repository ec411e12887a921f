-- Question: what did people last write, and not withdraw, on a voice about each topic that came before a date?
-- Grain:    one row per topic that has such a comment: the newest
-- Params:   $from  JST calendar date; voices received before it; $taxonomy  name of the taxonomy
-- Units:    added_on is a JST calendar date
with
    tagged as (
        select distinct
            segment_topics.topic,
            segment_topics.voice_id
        from
            segment_topics
            semi join awareness on awareness.voice_id = segment_topics.voice_id
        where
            segment_topics.taxonomy = $taxonomy
    )
select
    tagged.topic,
    awareness.awareness_id::varchar as awareness_id,
    awareness.voice_id::varchar as voice_id,
    awareness.author,
    awareness.reason,
    (awareness.added_at at time zone 'Asia/Tokyo')::date::varchar as added_on
from
    tagged
    join awareness on awareness.voice_id = tagged.voice_id
    anti join awareness_withdrawals as w on w.awareness_id = awareness.awareness_id
    join voices on voices.voice_id = tagged.voice_id
where
    voices.received_on < $from::date
qualify
    row_number() over (
        partition by
            tagged.topic
        order by
            awareness.added_at desc,
            awareness.awareness_id
    ) = 1
order by
    tagged.topic
