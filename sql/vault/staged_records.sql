-- Question: where do the sealed records of the batch at hand wait to be joined?
-- Grain:    one row per record
-- Params:   none
-- Units:    none
create or replace temporary table staged_records as
from
    sealed_records
limit
    0
