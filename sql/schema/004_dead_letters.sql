-- Schema 4: dead letters can be retried and discarded; a record that a retry read is remembered.
alter table dead_letters
add column source varchar;
alter table dead_letters
add column tries integer;
alter table dead_letters
add column last_tried_at timestamptz;
alter table dead_letters
add column discarded_at timestamptz;
alter table dead_letters
add column discarded_by varchar;
alter table dead_letters
add column discard_reason varchar;
update dead_letters
set
    tries = 1,
    last_tried_at = dead_at,
    source = (
        select
            any_value(origins.source)
        from
            origins
        where
            origins.origin_stream = dead_letters.origin_stream
    );
comment on table dead_letters is '不達: 読めない記録の座標と理由。本文は封をした voc.raw にある。やり直して読めたものは消え、除いたもの (discarded_at) は残る';
comment on column dead_letters.reason is 'A short fixed phrase, of the latest try';
comment on column dead_letters.column_name is 'Column that could not be read at the latest try, if one is to blame';
comment on column dead_letters.epoch is 'Epoch of the pipeline that refused it last';
comment on column dead_letters.dead_at is 'When it was refused first';
comment on column dead_letters.source is 'Name of the source description';
comment on column dead_letters.tries is 'How often it was refused: 1 and a retry each';
comment on column dead_letters.last_tried_at is 'When it was refused last';
comment on column dead_letters.discarded_at is 'When a person said that it is not wanted; null while it is open';
comment on column dead_letters.discarded_by is 'Who said so';
comment on column dead_letters.discard_reason is 'Why';
comment on column origins.dead_letters is 'Records that cannot be read, discarded ones included';

create table retried_records (
    origin_stream varchar not null,
    origin_offset bigint not null,
    retry integer not null
);
comment on table retried_records is '不達だったが、やり直して読めた記録';
comment on column retried_records.origin_stream is 'See origins';
comment on column retried_records.origin_offset is 'Record number in that stream, from 0';
comment on column retried_records.retry is 'Which retry read it, from 1';
comment on column ledger.claimed_at is 'When it was claimed; of a period that is done, when its report was made';
