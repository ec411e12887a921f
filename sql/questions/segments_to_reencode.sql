-- Question: which voices have a vector of another encoder than the one in use? All of their segments.
-- Grain:    one row per segment, in order of segment_id; a voice is never cut
-- Params:   $encoder SHA-256 of the encoder in use; $after last segment_id of the page before, -1 at first; $limit voices
-- Units:    spans in code points of the voice's text
with
    page as (
        select
            s.voice_id,
            min(s.segment_id) as first_id
        from
            segments as s
            inner join vectors as v on v.segment_id = s.segment_id
        where
            v.encoder <> $encoder
            and s.segment_id > $after::bigint
            and v.segment_id > $after::bigint
        group by
            s.voice_id
        order by
            first_id
        limit
            $limit::integer
    )
select
    s.segment_id::double as segment_id,
    s.voice_id::varchar as voice_id,
    s.position,
    s.span_start,
    s.span_end,
    s.received_on::varchar as received_on,
    s.text
from
    segments as s
    inner join page as p on p.voice_id = s.voice_id
order by
    s.segment_id
