-- Question: which voices of the period tell of bodily harm, by the machine's word or a person's?
-- Grain:    one row per topic of such a segment, and one with the topic 'all'; none without such a voice
-- Params:   $from, $until  JST calendar dates; $taxonomy  name of the taxonomy
-- Units:    voice_ids newest first, joined by commas; confirmed_count those whose segment a person gave a topic of severity 5
with
    harmed as (
        select
            segment_id,
            voice_id
        from
            segments
        where
            harm
            and received_on >= $from::date
            and received_on < $until::date
    ),
    tagged as (
        select
            harmed.voice_id,
            segment_topics.topic,
            coalesce(
                segment_topics.decided_by = 'person'
                and topics.severity = 5,
                false
            ) as is_confirmed
        from
            harmed
            left join segment_topics on segment_topics.segment_id = harmed.segment_id
            and segment_topics.taxonomy = $taxonomy
            left join topics on topics.taxonomy = segment_topics.taxonomy
            and topics.topic = segment_topics.topic
    ),
    spoken as (
        select
            topic,
            voice_id,
            bool_or(is_confirmed) as is_confirmed
        from
            tagged
        where
            topic is not null
        group by
            topic,
            voice_id
        union all
        select
            'all' as topic,
            voice_id,
            bool_or(is_confirmed) as is_confirmed
        from
            tagged
        group by
            voice_id
    )
select
    spoken.topic,
    count(*)::integer as voice_count,
    (
        count(*) filter(
            where
                spoken.is_confirmed
        )
    )::integer as confirmed_count,
    string_agg(
        spoken.voice_id::varchar,
        ','
        order by
            voices.received_at desc,
            spoken.voice_id
    ) as voice_ids
from
    spoken
    join voices on voices.voice_id = spoken.voice_id
group by
    spoken.topic
order by
    spoken.topic
