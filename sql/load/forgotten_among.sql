-- Question: which of these voices are forgotten, and how?
-- Grain:    one row per forgotten voice
-- Params:   $ids JSON list of voice ids
-- Units:    none
select
    voice_id::varchar as voice_id,
    mode
from
    forgotten_voices
where
    voice_id in (
        select
            unnest(from_json($ids::json, '["UUID"]'))
    )
order by
    voice_id
