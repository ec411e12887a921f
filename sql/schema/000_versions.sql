-- Schema 0: which of the numbered files were applied.
create table if not exists schema_versions (
    file varchar not null
);
comment on table schema_versions is '適用済みの sql/schema のファイル';
comment on column schema_versions.file is 'Name of the file, such as 001_voices.sql';
