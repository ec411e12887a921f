-- Question: which records that never became a voice are older than they are kept? They are removed.
-- Grain:    one row per record
-- Params:   $before ISO instant
-- Units:    origin_offset record number in its source
delete from sealed_records
where
    voice_id is null
    and sealed_at < $before::timestamptz
returning
    origin_offset::double as origin_offset
