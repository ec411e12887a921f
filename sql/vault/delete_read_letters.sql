-- Question: which records that were no voice have become one by a retry? They are removed.
-- Grain:    one row per record
-- Params:   none; reads the temporary table staged_records
-- Units:    none
delete from sealed_records
where
    voice_id is null
    and exists (
        select
            1
        from
            staged_records as s
        where
            s.voice_id is not null
            and s.origin_stream = sealed_records.origin_stream
            and s.origin_offset = sealed_records.origin_offset
    )
