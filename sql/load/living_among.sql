-- Question: which of these voices are there and were not forgotten?
-- Grain:    one row per voice
-- Params:   $ids JSON list of voice ids
-- Units:    none
select
    voice_id::varchar as voice_id
from
    voices
    anti join forgotten_voices using (voice_id)
where
    voice_id in (
        select
            unnest(from_json($ids::json, '["UUID"]'))
    )
order by
    voice_id
