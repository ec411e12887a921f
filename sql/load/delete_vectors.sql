-- Question: which vectors belong to segments of the staged voices? They are removed.
-- Grain:    one row per segment
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from vectors
where
    segment_id in (
        select
            g.segment_id
        from
            segments as g
            inner join staged_ids as s on s.voice_id = g.voice_id
    )
