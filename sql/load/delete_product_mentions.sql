-- Question: which mentions stand in the staged voices? They are removed.
-- Grain:    one row per mention
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from product_mentions
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
