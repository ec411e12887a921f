-- Question: what do some voices say?
-- Grain:    one row per voice that is there
-- Params:   $ids JSON list of voice ids
-- Units:    text is masked
select
    voice_id::varchar as voice_id,
    text
from
    voices
where
    voice_id in (
        select
            unnest(from_json($ids::json, '["UUID"]'))
    )
order by
    voice_id
