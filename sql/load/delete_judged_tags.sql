-- Question: which tags of the staged voices did people judge? What they found is removed.
-- Grain:    one row per tag
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from judged_tags
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
