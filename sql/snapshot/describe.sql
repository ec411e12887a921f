-- Question: what is this file, and what does it cover? See also the table offsets.
-- Grain:    one row
-- Params:   none
-- Units:    made_at instant; counts in rows
drop table snapshot.vectors;

create table snapshot.snapshot_facts (
    made_at timestamptz not null,
    duckdb_version varchar not null,
    voices bigint not null,
    segments bigint not null
);

comment on table snapshot.snapshot_facts is 'この写しがいつ、何件の声から作られたか';

comment on column snapshot.snapshot_facts.made_at is 'When the snapshot was made';

comment on column snapshot.snapshot_facts.duckdb_version is 'DuckDB that wrote it; an older one may not open it';

comment on column snapshot.snapshot_facts.voices is 'Rows of voices';

comment on column snapshot.snapshot_facts.segments is 'Rows of segments';
