-- Question: which voices that are not forgotten go by this id, their own or the source's?
-- Grain:    one row per voice, at most 20
-- Params:   $id the whole id, its first eight digits or more as reports print them, or the source's own; $named JSON list of the ids that this number makes under each source
-- Units:    none
select
    voice_id::varchar as voice_id,
    source,
    received_on::varchar as received_on,
    text
from
    voices
    anti join forgotten_voices using (voice_id)
where
    source_id = $id
    or voice_id in (
        select
            unnest(from_json($named::json, '["UUID"]'))
    )
    or (
        length($id) >= 8
        and starts_with(voice_id::varchar, lower($id))
    )
order by
    received_at desc,
    voice_id
limit
    20
