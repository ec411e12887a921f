-- Question: which other sources have brought voices?
-- Grain:    one row per source
-- Params:   $source name of the source at hand
-- Units:    none
select distinct
    source
from
    origins
where
    source <> $source
    and voices > 0
order by
    source
