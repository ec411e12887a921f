-- Question: which sources have voices come from?
-- Grain:    one row per source
-- Params:   none
-- Units:    none
select distinct
    source
from
    origins
order by
    source
