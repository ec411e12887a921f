-- Question: how did the number of voices with something negative about each topic move over time?
-- Grain:    one row per (week from Monday or month, topic) that has such a voice
-- Params:   $from, $until  JST calendar dates, half-open; $unit  'week' or 'month'; $taxonomy  name of the taxonomy
-- Units:    negative_count in voices
with
    felt as (
        select
            segment_id,
            received_on
        from
            segments
        where
            received_on >= $from::date
            and received_on < $until::date
            and sentiment = 'negative'
    )
select
    date_trunc($unit, felt.received_on)::date::varchar as starts_on,
    segment_topics.topic,
    count(distinct segment_topics.voice_id)::integer as negative_count
from
    segment_topics
    join felt on felt.segment_id = segment_topics.segment_id
where
    segment_topics.taxonomy = $taxonomy
group by
    starts_on,
    segment_topics.topic
order by
    starts_on,
    segment_topics.topic
