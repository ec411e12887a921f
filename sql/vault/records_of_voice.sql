-- Question: what is kept of a voice?
-- Grain:    one row per revision, in order of arrival
-- Params:   $voice_id
-- Units:    none
select
    voice_id::varchar as voice_id,
    revision,
    origin_stream,
    origin_offset::double as origin_offset,
    key_id,
    wrapped_key,
    sealed
from
    sealed_records
where
    voice_id = $voice_id::uuid
order by
    sealed_at,
    rowid
