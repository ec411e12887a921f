-- Question: which tags of a taxonomy did a machine set? They are removed; a person's word stays.
-- Grain:    one row per (segment, topic)
-- Params:   $taxonomy
-- Units:    none
delete from segment_topics
where
    taxonomy = $taxonomy
    and decided_by in ('head', 'rule')
