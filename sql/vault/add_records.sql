-- Question: which staged records are new? Those of a voice that is to be forgotten are not.
-- Grain:    one row per (voice_id, revision), or per place of a record that is no voice
-- Params:   none; reads the temporary table staged_records
-- Units:    none
-- Voices and other records apart: one join for both would compare each staged record with every sealed one.
insert into
    sealed_records
select
    s.*
from
    staged_records as s
    anti join sealed_records as r on r.voice_id = s.voice_id
    and r.revision = s.revision
    anti join forgotten_voices as f on f.voice_id = s.voice_id
where
    s.voice_id is not null
union all
select
    s.*
from
    staged_records as s
    anti join sealed_records as r on r.origin_stream = s.origin_stream
    and r.origin_offset = s.origin_offset
where
    s.voice_id is null
