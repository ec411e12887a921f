-- Question: which voices of the period speak of a grave topic, other than those that tell of bodily harm or are suspected of it?
-- Grain:    one row; none without such a voice
-- Params:   $from, $until  JST calendar dates, half-open; $taxonomy  name of the taxonomy; $severity  from which a topic is grave
-- Units:    voice_ids newest first, joined by commas; spans, as voice_ids, of the first such segment of each, in Unicode
--           code points of the voice's text; confirmed_count those to which a person gave such a topic; topics those they
--           speak of; praise left out, what is neutral or held back not
with
    spoken as (
        select
            segments.voice_id,
            segments.span_start,
            segments.span_end,
            topics.topic,
            segment_topics.decided_by = 'person' as is_confirmed
        from
            segments
            join segment_topics on segment_topics.segment_id = segments.segment_id
            join topics on topics.taxonomy = segment_topics.taxonomy
            and topics.topic = segment_topics.topic
        where
            segments.received_on >= $from::date
            and segments.received_on < $until::date
            and segments.sentiment is distinct from 'positive'
            and not coalesce(segments.harm, false)
            and segment_topics.taxonomy = $taxonomy
            and topics.severity >= $severity::integer
            and not (
                topics.severity = 5
                and coalesce(segments.sentiment = 'negative', false)
            )
    ),
    voiced as (
        select
            voice_id,
            arg_min(
                struct_pack(span_start := span_start, span_end := span_end),
                span_start
            ) as span,
            bool_or(is_confirmed) as is_confirmed
        from
            spoken
        group by
            voice_id
    )
select
    'grave' as urgency,
    count(*)::integer as voice_count,
    count_if(voiced.is_confirmed)::integer as confirmed_count,
    string_agg(
        voiced.voice_id::varchar,
        ','
        order by
            voices.received_at desc,
            voiced.voice_id
    ) as voice_ids,
    list(
        voiced.span
        order by
            voices.received_at desc,
            voiced.voice_id
    ) as spans,
    (
        select
            list(
                distinct topic
                order by
                    topic
            )
        from
            spoken
    ) as topics
from
    voiced
    join voices on voices.voice_id = voiced.voice_id
having
    count(*) > 0
order by
    urgency
