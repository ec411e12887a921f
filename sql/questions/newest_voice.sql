-- Question: on which day was the newest voice before a day received?
-- Grain:    one row; null without a voice
-- Params:   $until JST date, exclusive
-- Units:    none
select
    max(received_on)::varchar as received_on
from
    voices
where
    received_on < $until::date
