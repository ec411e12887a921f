-- Question: what was loaded from each source file so far?
-- Grain:    one row per origin stream
-- Params:   none
-- Units:    counts in records
select
    origin_stream,
    records::integer as records,
    voices::integer as voices,
    duplicates::integer as duplicates,
    skipped::integer as skipped,
    dead_letters::integer as dead_letters
from
    origins
order by
    origin_stream
