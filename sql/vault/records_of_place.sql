-- Question: what is kept of one record of a source, be it a voice or not?
-- Grain:    one row per revision, in order of arrival
-- Params:   $stream, $offset record number in it
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
    origin_stream = $stream
    and origin_offset = $offset::bigint
order by
    sealed_at,
    rowid
