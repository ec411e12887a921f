-- Question: which voices get their topics anew, with what the heads see of their segments?
-- Grain:    one row per segment, in order of segment_id; a voice is never cut
-- Params:   $encoder whose vectors are read; $after last segment_id of the page before, -1 at first; $limit segments, and
--           the rest of the last one's voice: the ids of a voice's segments follow each other
-- Units:    sentiment as the machine gave it; vector in signed bytes
with
    head as (
        select
            s.segment_id,
            s.voice_id
        from
            segments as s
            inner join vectors as x on x.segment_id = s.segment_id
        where
            x.encoder = $encoder
            and s.segment_id > $after::bigint
            and x.segment_id > $after::bigint
        order by
            s.segment_id
        limit
            $limit::integer
    ),
    page as (
        select distinct
            voice_id
        from
            head
    )
select
    s.segment_id::double as segment_id,
    s.voice_id::varchar as voice_id,
    s.text,
    case
        when c.segment_id is null then s.sentiment
        else c.machine_sentiment
    end as sentiment,
    x.vector,
    r.revision_hash,
    v.source,
    v.origin_stream,
    v.origin_offset::double as origin_offset,
    v.origin_row::double as origin_row,
    coalesce(o.file, v.source) as file
from
    segments as s
    inner join page as p on p.voice_id = s.voice_id
    inner join vectors as x on x.segment_id = s.segment_id
    inner join voices as v on v.voice_id = s.voice_id
    inner join voice_revisions as r on r.voice_id = v.voice_id
    and r.revision = v.revision
    left join origins as o on o.origin_stream = v.origin_stream
    left join confirmed_segments as c on c.segment_id = s.segment_id
order by
    s.segment_id
