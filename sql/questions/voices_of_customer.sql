-- Question: which voices are a customer's, and from where?
-- Grain:    one row per voice
-- Params:   $keys JSON list of customer keys, one for each source
-- Units:    none
select
    voice_id::varchar as voice_id,
    source
from
    voices
where
    customer_key in (
        select
            unnest(from_json($keys::json, '["VARCHAR"]'))
    )
order by
    voice_id
