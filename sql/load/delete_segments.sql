-- Question: which rows of segments belong to the staged voices? They are removed.
-- Grain:    one row per row of segments
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from segments
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
