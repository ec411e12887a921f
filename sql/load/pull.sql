-- Question: where does the reading of a source go on?
-- Grain:    one row, or none before its first reading
-- Params:   $name
-- Units:    none
select
    watermark
from
    pulls
where
    name = $name
