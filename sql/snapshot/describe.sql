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

comment on column snapshot.snapshot_facts.made_at is 'この写しを作った日時';

comment on column snapshot.snapshot_facts.duckdb_version is '書いた DuckDB の版。古い版では開けないことがある';

comment on column snapshot.snapshot_facts.voices is 'voices の行の数';

comment on column snapshot.snapshot_facts.segments is 'segments の行の数';
