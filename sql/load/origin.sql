-- Question: what was loaded from one source file so far?
-- Grain:    one row, or none
-- Params:   $stream
-- Units:    counts in records
select
    records::integer as records,
    voices::integer as voices,
    duplicates::integer as duplicates,
    skipped::integer as skipped,
    dead_letters::integer as dead_letters
from
    origins
where
    origin_stream = $stream
