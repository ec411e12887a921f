-- Question: is there any voice received before a day?
-- Grain:    one row
-- Params:   $until JST date, exclusive
-- Units:    none
select
    count(*) > 0 as any_voice
from
    voices
where
    received_on < $until::date
