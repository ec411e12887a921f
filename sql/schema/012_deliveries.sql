-- Schema 12: to whom a report goes, and whether it went. A small table: a row for each report and recipient.
create table deliveries (
    job varchar not null,
    period varchar not null,
    revision integer not null,
    recipient varchar not null,
    round integer not null,
    asked_by uuid not null,
    asked_at timestamptz not null,
    state varchar not null,
    tries integer not null,
    answers_lost integer not null,
    tried_at timestamptz,
    not_before timestamptz not null,
    reason varchar,
    primary key (job, period, revision, recipient)
);
comment on table deliveries is '報告書の配信。宛先・期間・版ごとに一行';
comment on column deliveries.job is 'weekly or monthly';
comment on column deliveries.period is '2025-W31 or 2025-07';
comment on column deliveries.revision is 'From 1';
comment on column deliveries.recipient is 'Name of the recipient in kizuki.yaml; the address is not kept';
comment on column deliveries.round is 'From 1; rises when a person has it sent again';
comment on column deliveries.asked_by is 'Id of the action that asked for this round';
comment on column deliveries.asked_at is 'When it was asked for';
comment on column deliveries.state is 'queued, sent or dead: given up until a person has it sent again';
comment on column deliveries.tries is 'How often this round was tried';
comment on column deliveries.answers_lost is 'How many of these tries may have arrived, their answer being lost';
comment on column deliveries.tried_at is 'When it was last tried';
comment on column deliveries.not_before is 'When it may be tried next';
comment on column deliveries.reason is 'Code of the last failure';
