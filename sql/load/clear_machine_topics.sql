-- Question: which tags of a taxonomy did a machine set? They are removed where they are about to be set anew: on
--           segments with a vector of the encoder in use. A person's word stays.
-- Grain:    one row per (segment, topic)
-- Params:   $taxonomy; $encoder id of the encoder in use
-- Units:    none
delete from segment_topics
where
    taxonomy = $taxonomy
    and decided_by in ('head', 'rule')
    and segment_id in (
        select
            segment_id
        from
            vectors
        where
            encoder = $encoder
    )
