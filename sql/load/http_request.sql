-- Question: did this request come before, and what became of it?
-- Grain:    one row where it did, none where not
-- Params:   $source, $request_key
-- Units:    first_record in records
select
    body,
    origin_stream as stream,
    first_record::double as first
from
    http_requests
where
    source = $source
    and request_key = $request_key
order by
    claimed_at
