-- Question: which voices did other sources bring of the days on which these came?
-- Grain:    one row per voice
-- Params:   $ids JSON list of voice ids
-- Units:    none
select distinct
    v.voice_id::varchar as voice_id
from
    voices as v
    join voices as named on named.received_on = v.received_on
    and named.source <> v.source
    anti join forgotten_voices as f on f.voice_id = v.voice_id
where
    named.voice_id in (
        select
            unnest(from_json($ids::json, '["UUID"]'))
    )
order by
    voice_id
