-- Question: which place have the voices of a new request?
-- Grain:    one row per request
-- Params:   $source, $request_key, $body, $stream, $first, $claimed_at ISO instant
-- Units:    $first in records
insert into
    http_requests (
        source,
        request_key,
        body,
        origin_stream,
        first_record,
        claimed_at
    )
values
    (
        $source,
        $request_key,
        $body,
        $stream,
        $first::bigint,
        $claimed_at::timestamptz
    )
