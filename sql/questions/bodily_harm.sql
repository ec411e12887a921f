-- Question: which voices of the period tell of bodily harm for sure, and which may only be suspected of it?
-- Grain:    one row per (certainty, topic): 'sure' by the topic that a segment is most surely about, and once with the
--           topic 'all'; 'suspected' with 'all' only; none without such a voice
-- Params:   $from, $until  JST calendar dates; $taxonomy  name of the taxonomy; $sure  confidence in [0, 1] from which
--           a machine's word is enough, but where a person put topics right and left all of severity 5 out
-- Units:    voice_ids newest first, joined by commas; spans, as voice_ids, of the segment of each that says most surely
--           so, in Unicode code points of the voice's text; confirmed_count those whose segment a person gave a topic of severity 5
with
    spoken as (
        select
            segment_id,
            voice_id,
            span_start,
            span_end,
            sentiment,
            coalesce(harm, false) as is_flagged,
            coalesce(harm_confidence, 0) as harm_confidence
        from
            segments
        where
            received_on >= $from::date
            and received_on < $until::date
    ),
    harm_topics as (
        select
            topic
        from
            topics
        where
            taxonomy = $taxonomy
            and severity = 5
    ),
    tagged as (
        select
            spoken.segment_id,
            bool_or(segment_topics.decided_by = 'person') as is_confirmed
        from
            spoken
            join segment_topics on segment_topics.segment_id = spoken.segment_id
            join harm_topics on harm_topics.topic = segment_topics.topic
        where
            segment_topics.taxonomy = $taxonomy
            and segment_topics.segment_id >= (
                select
                    min(segment_id)
                from
                    spoken
            )
            and segment_topics.segment_id <= (
                select
                    max(segment_id)
                from
                    spoken
            )
            and (
                spoken.is_flagged
                or spoken.sentiment = 'negative'
                or segment_topics.decided_by = 'person'
            )
        group by
            spoken.segment_id
    ),
    fixed as (
        select
            segment_id,
            unnest(topic_tags, max_depth := 2)
        from
            confirmed_segments
    ),
    doubted as (
        select
            fixed.segment_id
        from
            fixed
            join person_tags on person_tags.tag_id = fixed.tag_id
            anti join tagged on tagged.segment_id = fixed.segment_id
        where
            fixed.taxonomy = $taxonomy
            and person_tags.step = 'fix'
            and exists (
                from
                    harm_topics
            )
    ),
    found as (
        select
            spoken.segment_id,
            spoken.voice_id,
            struct_pack(
                span_start := spoken.span_start,
                span_end := spoken.span_end
            ) as span,
            (
                coalesce(tagged.is_confirmed, false),
                spoken.harm_confidence,
                - spoken.span_start
            ) as sureness,
            coalesce(tagged.is_confirmed, false) as is_confirmed,
            coalesce(tagged.is_confirmed, false)
            or (
                spoken.is_flagged
                and spoken.harm_confidence >= $sure::float
                and doubted.segment_id is null
            ) as is_sure
        from
            spoken
            left join tagged on tagged.segment_id = spoken.segment_id
            left join doubted on doubted.segment_id = spoken.segment_id
        where
            spoken.is_flagged
            or tagged.segment_id is not null
    ),
    lifted as (
        select
            found.voice_id,
            segment_topics.topic,
            found.span,
            found.sureness,
            found.is_confirmed
        from
            found
            join segment_topics on segment_topics.segment_id = found.segment_id
            join topics on topics.taxonomy = segment_topics.taxonomy
            and topics.topic = segment_topics.topic
        where
            found.is_sure
            and segment_topics.taxonomy = $taxonomy
        qualify
            row_number() over (
                partition by
                    found.segment_id
                order by
                    segment_topics.decided_by = 'person' desc,
                    topics.severity desc,
                    segment_topics.confidence desc,
                    segment_topics.topic
            ) = 1
    ),
    voiced as (
        select
            voice_id,
            arg_max(span, sureness) as span,
            bool_or(is_sure) as is_sure,
            bool_or(is_confirmed) as is_confirmed
        from
            found
        group by
            voice_id
    ),
    counted as (
        select
            'sure' as certainty,
            topic,
            voice_id,
            arg_max(span, sureness) as span,
            bool_or(is_confirmed) as is_confirmed
        from
            lifted
        group by
            topic,
            voice_id
        union all
        select
            case
                when is_sure then 'sure'
                else 'suspected'
            end as certainty,
            'all' as topic,
            voice_id,
            span,
            is_confirmed
        from
            voiced
    )
select
    counted.certainty,
    counted.topic,
    count(*)::integer as voice_count,
    (
        count(*) filter(
            where
                counted.is_confirmed
        )
    )::integer as confirmed_count,
    string_agg(
        counted.voice_id::varchar,
        ','
        order by
            voices.received_at desc,
            counted.voice_id
    ) as voice_ids,
    list(
        counted.span
        order by
            voices.received_at desc,
            counted.voice_id
    ) as spans
from
    counted
    join voices on voices.voice_id = counted.voice_id
group by
    counted.certainty,
    counted.topic
order by
    counted.certainty,
    counted.topic
