-- Question: which of a head's tags, drawn at random, has nobody judged yet, nor put right or confirmed?
-- Grain:    one row per segment, in the order of the draw: of a segment with several such tags the first drawn
-- Params:   $head sentiment, kind, emotion, intensity, harm or a taxonomy; $head_version; $encoder whose vectors its head reads; $since JST date, or ''
--           for all; $seed text; $after draw of the last row of the page before, or ''; $limit rows
-- Units:    spans in code points of the voice's text; vector in signed bytes
with
    tagged as (
        select
            segment_id,
            case $head
                when 'sentiment' then sentiment
                when 'kind' then kind
                when 'intensity' then intensity::varchar
                when 'harm' then if (harm, 'harm', null)
            end as label
        from
            segments
        union all
        select
            segment_id,
            emotion
        from
            segment_emotions
        where
            $head = 'emotion'
        union all
        select
            segment_id,
            topic
        from
            segment_topics
        where
            taxonomy = $head
            and decided_by = 'head'
    ),
    open_tags as (
        select
            s.segment_id,
            s.voice_id,
            s.span_start,
            s.span_end,
            s.text,
            t.label,
            v.text as voice_text,
            r.revision_hash,
            sha256(
                $seed || ' ' || s.voice_id || ' ' || s.span_start || ' ' || t.label
            ) as draw
        from
            tagged as t
            join segments as s on s.segment_id = t.segment_id
            join voices as v on v.voice_id = s.voice_id
            join voice_revisions as r on r.voice_id = v.voice_id
            and r.revision = v.revision
            left join confirmed_segments as c on c.segment_id = s.segment_id
            anti join judged_tags as j on j.voice_id = s.voice_id
            and j.revision_hash = r.revision_hash
            and j.span_start = s.span_start
            and j.span_end = s.span_end
            and j.head = $head
            and j.label = t.label
            and j.head_version = $head_version
        where
            t.label is not null
            and s.received_on::varchar >= $since
            and not (
                $head = 'sentiment'
                and c.sentiment_tag is not null
            )
            and not (
                $head = 'kind'
                and c.kind_tag is not null
            )
    ),
    drawn as (
        select
            o.*,
            x.vector
        from
            open_tags as o
            join vectors as x on x.segment_id = o.segment_id
        where
            x.encoder = $encoder
        qualify
            row_number() over (
                partition by
                    o.segment_id
                order by
                    o.draw
            ) = 1
    )
select
    voice_id::varchar as voice_id,
    revision_hash,
    span_start,
    span_end,
    text,
    voice_text,
    label,
    vector,
    draw
from
    drawn
where
    draw > $after
order by
    draw
limit
    $limit::integer
