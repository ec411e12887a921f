-- Question: what did people say of tags, and does it hold?
-- Grain:    one row per action, newest first
-- Params:   $id how the number of one of them begins, $voice_id of which voice; '' for all
-- Units:    said_at local time in Asia/Tokyo; stands_at where the segment begins that it holds for, null where there is none; text
--           that segment's words, or those of the span where the text is as it was read; topics JSON list of (taxonomy, topics)
with
    laid as (
        select
            segment_id,
            unnest(
                list_concat(
                    [sentiment_tag, kind_tag],
                    list_transform(topic_tags, lambda each: each.tag_id)
                )
            ) as tag_id
        from
            confirmed_segments
    ),
    places as (
        select distinct
            laid.tag_id,
            s.span_start,
            s.text
        from
            laid
            join segments as s on s.segment_id = laid.segment_id
    )
select
    t.tag_id::varchar as tag_id,
    t.voice_id::varchar as voice_id,
    t.revision_hash,
    t.span_start,
    t.span_end,
    t.text_hash,
    t.words_hash,
    t.step,
    t.sentiment,
    t.kind,
    to_json(t.topics)::varchar as topics,
    t.author,
    strftime(
        t.said_at at time zone 'Asia/Tokyo',
        '%Y-%m-%d %H:%M'
    ) as said_at,
    t.position,
    t.state,
    v.received_on::varchar as received_on,
    places.span_start as stands_at,
    case
        when places.tag_id is not null then places.text
        when t.text_hash = left(sha256(v.text), 16) then substring(
            v.text,
            t.span_start + 1,
            t.span_end - t.span_start
        )
    end as text
from
    person_tags as t
    left join voices as v on v.voice_id = t.voice_id
    left join places on places.tag_id = t.tag_id
where
    starts_with(t.tag_id::varchar, lower($id))
    and (
        $voice_id = ''
        or t.voice_id::varchar = $voice_id
    )
order by
    t.said_at desc,
    t.voice_id,
    t.position desc
