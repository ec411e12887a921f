-- Question: which rows of voices belong to the staged voices? They are removed.
-- Grain:    one row per row of voices
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from voices
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
