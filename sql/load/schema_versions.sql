-- Question: which schema files were applied?
-- Grain:    one row per file
-- Params:   none
-- Units:    none
select
    file
from
    schema_versions
order by
    file
