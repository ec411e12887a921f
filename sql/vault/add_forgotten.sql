-- Question: which of the staged voices must not come back? Their words still stand in files that are to be cleaned.
-- Grain:    one row per voice
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
insert into
    forgotten_voices (voice_id, is_cleaned)
select distinct
    s.voice_id,
    false
from
    staged_ids as s
    anti join forgotten_voices as f on f.voice_id = s.voice_id
