-- Schema 6: which requests were sent to the port for voices under a key of their own, so that a repeated one counts once.
-- No primary key: an old request goes and the same key comes again in one transaction, which an index would refuse.
create table http_requests (
    source varchar not null,
    request_key varchar not null,
    body varchar not null,
    origin_stream varchar not null,
    first_record bigint not null,
    claimed_at timestamptz not null
);
comment on table http_requests is '声を受ける口に、再送よけの鍵（Idempotency-Key）つきで届いた要求。七日で消える';
comment on column http_requests.source is 'Source of the voices';
comment on column http_requests.request_key is 'Keyed hash of the Idempotency-Key';
comment on column http_requests.body is 'Keyed hash of the body''s bytes';
comment on column http_requests.origin_stream is 'See origins';
comment on column http_requests.first_record is 'Number that the first of its voices has in that stream';
comment on column http_requests.claimed_at is 'When it came for the first time';
