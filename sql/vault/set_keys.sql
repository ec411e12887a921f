-- Question: which records' keys are wrapped by another master key now?
-- Grain:    one row per record
-- Params:   $key_id fingerprint of that master key; reads the temporary table staged_keys
-- Units:    none
update sealed_records
set
    key_id = $key_id,
    wrapped_key = staged_keys.wrapped_key
from
    staged_keys
where
    sealed_records.rowid = staged_keys.record
