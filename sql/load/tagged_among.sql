-- Question: of which of these voices did people say something about their tags?
-- Grain:    one row per voice
-- Params:   $ids JSON list of voice ids
-- Units:    none
select distinct
    voice_id::varchar as voice_id
from
    person_tags
where
    voice_id in (
        select
            unnest(from_json($ids::json, '["UUID"]'))
    )
order by
    voice_id
