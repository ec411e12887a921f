-- Question: up to where is each partition of Kafka loaded? From here on nobody knows.
-- Grain:    one row per partition
-- Params:   none
-- Units:    none
delete from offsets
where
    regexp_matches(stream, '-[0-9]+$')
