-- Question: how many voices are forgotten?
-- Grain:    one row
-- Params:   none
-- Units:    voices
select
    count(*)::integer as voices
from
    forgotten_voices
