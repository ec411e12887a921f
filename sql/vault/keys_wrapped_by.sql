-- Question: which records' keys are wrapped by a master key?
-- Grain:    one row per record
-- Params:   $key_id fingerprint of the master key; $after last row of the page before, -1 at first; $limit records
-- Units:    none
select
    rowid::double as row,
    voice_id::varchar as voice_id,
    revision,
    origin_stream,
    origin_offset::double as origin_offset,
    wrapped_key
from
    sealed_records
where
    key_id = $key_id
    and rowid > $after::bigint
order by
    rowid
limit
    $limit::integer
