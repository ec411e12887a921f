-- Question: which revisions of the staged voices are stored already, and with which epoch?
-- Grain:    one row per (voice_id, revision)
-- Params:   none; reads the temporary table staged_ids
-- Units:    revision from 1 in order of arrival
select
    r.voice_id::varchar as voice_id,
    r.revision,
    r.revision_hash,
    r.epoch
from
    voice_revisions as r
    inner join staged_ids as s on s.voice_id = r.voice_id
order by
    r.voice_id,
    r.revision
