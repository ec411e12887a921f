-- Schema 9: voices that were forgotten, and who has read the words of which voice as they came.
-- Small tables: a row for a voice that somebody asked to forget or that is older than a company keeps, one for each look.
create table forgotten_voices (
    voice_id uuid not null,
    mode varchar not null,
    author varchar not null,
    reason varchar not null,
    forgotten_at timestamptz not null
);
comment on table forgotten_voices is '消去した声。同じ声がもう一度届いても、ことばは戻らない';
comment on column forgotten_voices.voice_id is 'See voices';
comment on column forgotten_voices.mode is 'pseudonymise: day, topics and sentiment stay in voices, words and whoever said them do not; delete: no row stays';
comment on column forgotten_voices.author is 'Who asked for it';
comment on column forgotten_voices.reason is 'Why';
comment on column forgotten_voices.forgotten_at is 'When it was forgotten first';

create table vault_reads (
    read_id uuid not null,
    record varchar not null,
    author varchar not null,
    reason varchar not null,
    read_at timestamptz not null
);
comment on table vault_reads is '原文を見た記録。見る前に書かれる';
comment on column vault_reads.read_id is 'Id of the action that added it';
comment on column vault_reads.record is 'Id of the voice; of a dead letter its stream, a colon and its record number';
comment on column vault_reads.author is 'Who looked: the user of the operating system';
comment on column vault_reads.reason is 'Why';
comment on column vault_reads.read_at is 'When';
