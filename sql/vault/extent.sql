-- Question: how much does the vault hold?
-- Grain:    one row
-- Params:   none
-- Units:    records; rows the row number behind the last
select
    count(*)::integer as records,
    coalesce(max(rowid) + 1, 0)::integer as rows
from
    sealed_records
