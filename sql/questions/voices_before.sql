-- Question: which voices are older than the company keeps them, and not forgotten yet?
-- Grain:    one row per voice, oldest first
-- Params:   $before JST calendar date, $limit voices
-- Units:    none
select
    v.voice_id::varchar as voice_id
from
    voices as v
    anti join forgotten_voices as f on f.voice_id = v.voice_id
where
    v.received_on < $before::date
order by
    v.received_on,
    v.voice_id
limit
    $limit::integer
