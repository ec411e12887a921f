-- Schema 16: what was decided because of a 気づき, and what came of it. A small table: a row for each.
create table awareness_followups (
    followup_id uuid not null,
    awareness_id uuid not null,
    voice_id uuid not null,
    step varchar not null,
    author varchar not null,
    text varchar not null,
    added_at timestamptz not null
);
comment on table awareness_followups is '気づきから決めたことと、その結果';
comment on column awareness_followups.followup_id is 'Id of the action that added it';
comment on column awareness_followups.awareness_id is 'See awareness';
comment on column awareness_followups.voice_id is 'See voices';
comment on column awareness_followups.step is 'decision or outcome; of each the newest holds';
comment on column awareness_followups.author is 'Who wrote it';
comment on column awareness_followups.text is 'What was decided, or what came of it';
comment on column awareness_followups.added_at is 'When it was written';
