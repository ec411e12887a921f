-- Question: which terms have an id?
-- Grain:    one row per term
-- Params:   none
-- Units:    none
select
    term_id,
    term
from
    terms
order by
    term_id
