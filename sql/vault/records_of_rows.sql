-- Question: what is kept in some rows?
-- Grain:    one row per record, in the order of rows
-- Params:   $from, $until row numbers, half-open
-- Units:    none
select
    voice_id::varchar as voice_id,
    revision,
    origin_stream,
    origin_offset::double as origin_offset,
    key_id,
    wrapped_key,
    sealed
from
    sealed_records
where
    rowid >= $from::bigint
    and rowid < $until::bigint
order by
    rowid
