-- Question: which requests are too old to come again?
-- Grain:    one row per request
-- Params:   $before ISO instant
-- Units:    none
delete from http_requests
where
    claimed_at < $before::timestamptz
