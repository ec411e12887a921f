-- Question: which segments get their topics anew, with what the heads see of them?
-- Grain:    one row per segment, in order of segment_id
-- Params:   $encoder whose vectors are read; $after last segment_id of the chunk before, -1 at first; $limit rows
-- Units:    vector in signed bytes
select
    s.segment_id::double as segment_id,
    s.voice_id::varchar as voice_id,
    s.text,
    v.vector
from
    segments as s
    inner join vectors as v on v.segment_id = s.segment_id
where
    s.segment_id > $after::bigint
    and v.segment_id > $after::bigint
    and v.encoder = $encoder
order by
    s.segment_id
limit
    $limit::integer
