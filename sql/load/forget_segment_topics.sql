-- Question: what stays of the staged voices' topics? Everything but the words that carried them.
-- Grain:    one row per row of segment_topics
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
update segment_topics
set
    why = []
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
