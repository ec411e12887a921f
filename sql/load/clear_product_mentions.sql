-- Question: which names in texts were linked by tables that have changed? All are linked again.
-- Grain:    one row per mention
-- Params:   none
-- Units:    none
delete from product_mentions
