-- Question: what was decided because of the staged voices? It is removed, for it may quote them.
-- Grain:    one row per follow-up
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from awareness_followups
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
