-- Vault, schema 1: the customers' words as they came, sealed, and which voices must not come back.
-- No primary key on the big table, as in sql/schema: the keeper removes duplicates by anti-join.
create table sealed_records (
    voice_id uuid,
    revision varchar,
    origin_stream varchar not null,
    origin_offset bigint not null,
    sealed_at timestamptz not null,
    key_id varchar not null,
    wrapped_key blob not null,
    sealed blob not null
);
comment on table sealed_records is '原文。一件ごとの鍵で封をしてある。その鍵を消せば、もう誰にも読めない';
comment on column sealed_records.voice_id is 'See voices in the warehouse; null for a record that never became a voice (不達)';
comment on column sealed_records.revision is 'Keyed hash of words and attributes, 16 hex digits; null with voice_id';
comment on column sealed_records.origin_stream is 'Stream of the source record that brought it first';
comment on column sealed_records.origin_offset is 'Record number in that stream, from 0';
comment on column sealed_records.sealed_at is 'When it was put here';
comment on column sealed_records.key_id is 'Fingerprint of the master key that wrapped_key is wrapped by';
comment on column sealed_records.wrapped_key is 'The record''s own key, AES-256-GCM under a key of the master key: nonce, tag, ciphertext';
comment on column sealed_records.sealed is 'The record as JSON under its own key: nonce, tag, ciphertext';

create table forgotten_voices (
    voice_id uuid not null,
    is_cleaned boolean not null
);
comment on table forgotten_voices is '消去した声。同じ声がもう一度届いても、ここにあれば入れない';
comment on column forgotten_voices.voice_id is 'See voices in the warehouse';
comment on column forgotten_voices.is_cleaned is 'Whether home/log, home/reports and this file were written anew without it';

create table offsets (
    stream varchar primary key,
    next_offset bigint not null
);
comment on table offsets is '流れごとの次に読む位置。行と同じ取引で進む';
comment on column offsets.stream is 'voc.raw in home/log; with Kafka a partition, such as voc.raw-0';
comment on column offsets.next_offset is 'First offset that is not kept yet';

create table kafka_cluster (
    cluster_id varchar not null
);
comment on table kafka_cluster is 'offsets の位置がどの Kafka のものか。高々一行';
comment on column kafka_cluster.cluster_id is 'Id that the cluster gave itself';
