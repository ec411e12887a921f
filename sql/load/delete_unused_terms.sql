-- Question: which terms does no segment have any more? They are removed: a rare one may be what a forgotten voice said.
-- Grain:    one row per term
-- Params:   none
-- Units:    none
delete from terms
where
    term_id not in (
        select
            t.term_id
        from
            segment_terms as t
    )
