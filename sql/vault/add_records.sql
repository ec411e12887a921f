-- Question: which staged records are new? Those of a voice that is to be forgotten are not.
-- Grain:    one row per (voice_id, revision), or per place of a record that is no voice
-- Params:   none; reads the temporary table staged_records
-- Units:    none
insert into
    sealed_records
select
    s.*
from
    staged_records as s
    left join sealed_records as r on r.voice_id = s.voice_id
    and r.revision = s.revision
    left join forgotten_voices as f on f.voice_id = s.voice_id
    left join sealed_records as p on s.voice_id is null
    and p.origin_stream = s.origin_stream
    and p.origin_offset = s.origin_offset
where
    r.voice_id is null
    and f.voice_id is null
    and p.origin_stream is null
