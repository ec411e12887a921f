-- Question: what did people say about the staged voices? It is removed, for it may quote them.
-- Grain:    one row per awareness
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from awareness
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
