-- Question: of which forgotten voices may words still stand in files?
-- Grain:    one row per voice
-- Params:   none
-- Units:    none
select
    voice_id::varchar as voice_id
from
    forgotten_voices
where
    not is_cleaned
order by
    voice_id
