-- Question: what did people say of the staged voices' tags? It is removed; the machine's word is back before.
-- Grain:    one row per action
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from person_tags
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
