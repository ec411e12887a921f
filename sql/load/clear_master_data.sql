-- Question: which products, stores and desks do the files no longer say? All are written again.
-- Grain:    one row per entry
-- Params:   none
-- Units:    none
delete from master_data
