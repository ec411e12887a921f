-- Question: which voices are forgotten?
-- Grain:    one row per voice
-- Params:   none
-- Units:    none
select
    voice_id::varchar as voice_id
from
    forgotten_voices
order by
    voice_id
