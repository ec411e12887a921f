-- Schema 7: how far mailboxes, feeds and interfaces are read. Small: a row for each source of `pull:`.
create table pulls (
    name varchar primary key,
    watermark varchar not null,
    pulled_at timestamptz not null
);
comment on table pulls is 'メールボックスやフィードを、どこまで読んだか。voc.actions の source-pulled から作る';
comment on column pulls.name is 'Name under pull: in kizuki.yaml';
comment on column pulls.watermark is 'JSON text; what it means the source''s plugin knows';
comment on column pulls.pulled_at is 'When the newest batch of records was kept';
