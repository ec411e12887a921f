-- Question: which voices go by this id, their own or the source's?
-- Grain:    one row per voice, at most 20
-- Params:   $id
-- Units:    none
select
    voice_id::varchar as voice_id,
    source,
    received_on::varchar as received_on,
    text
from
    voices
where
    voice_id::varchar = lower($id)
    or source_id = $id
order by
    received_at desc,
    voice_id
limit
    20
