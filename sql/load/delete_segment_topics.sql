-- Question: which rows of segment_topics belong to the staged voices? They are removed.
-- Grain:    one row per row of segment_topics
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from segment_topics
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
