-- Question: which records are of staged voices? They are removed, and with them their keys.
-- Grain:    one row per record
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
delete from sealed_records
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
