-- Question: what is kept of some voices?
-- Grain:    one row per revision, of each voice in order of arrival
-- Params:   $ids JSON list of voice ids
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
    voice_id in (
        select
            unnest(from_json($ids::json, '["UUID"]'))
    )
order by
    voice_id,
    sealed_at,
    rowid
