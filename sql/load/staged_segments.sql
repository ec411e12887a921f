-- Question: which segments do the staged voices have, of which revision, with vectors of which encoder?
-- Grain:    one row per segment, in reading order
-- Params:   none; reads the temporary table staged_ids
-- Units:    spans in code points of the voice's text; received_on JST date
select
    s.voice_id::varchar as voice_id,
    r.revision_hash,
    s.segment_id::double as segment_id,
    s.position,
    s.span_start,
    s.span_end,
    s.text,
    s.received_on::varchar as received_on,
    x.encoder
from
    staged_ids as i
    inner join segments as s on s.voice_id = i.voice_id
    inner join voices as v on v.voice_id = i.voice_id
    inner join voice_revisions as r on r.voice_id = v.voice_id
    and r.revision = v.revision
    inner join vectors as x on x.segment_id = s.segment_id
order by
    s.voice_id,
    s.position
