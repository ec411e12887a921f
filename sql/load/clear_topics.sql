-- Question: which topics does a taxonomy have? All are removed before they are written again.
-- Grain:    one row per topic
-- Params:   $taxonomy
-- Units:    none
delete from topics
where
    taxonomy = $taxonomy
