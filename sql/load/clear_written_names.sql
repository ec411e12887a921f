-- Question: which names in cells were linked by tables that have changed? All are linked again.
-- Grain:    one row per (kind, name, days)
-- Params:   none
-- Units:    none
delete from written_names
