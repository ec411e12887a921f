-- Question: which records are of one place in a source? They are removed, and with them their keys.
-- Grain:    one row per record
-- Params:   $stream, $offset record number in it
-- Units:    none
delete from sealed_records
where
    origin_stream = $stream
    and origin_offset = $offset::bigint
