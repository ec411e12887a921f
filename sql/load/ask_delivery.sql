-- Question: who is to get this report?
-- Grain:    one row per (job, period, revision, recipient); asked for again it is a new round; the same action twice changes nothing
-- Params:   $job, $period, $revision, $recipient; $asked_by id of the action; $at ISO instant; $again
-- Units:    none
insert into
    deliveries (
        job,
        period,
        revision,
        recipient,
        round,
        asked_by,
        asked_at,
        state,
        tries,
        answers_lost,
        not_before
    )
values
    (
        $job,
        $period,
        $revision::integer,
        $recipient,
        1,
        $asked_by::uuid,
        $at::timestamptz,
        'queued',
        0,
        0,
        $at::timestamptz
    )
on conflict (job, period, revision, recipient) do
update
set
    round = round + 1,
    asked_by = excluded.asked_by,
    asked_at = excluded.asked_at,
    state = excluded.state,
    tries = excluded.tries,
    answers_lost = excluded.answers_lost,
    tried_at = null,
    not_before = excluded.not_before,
    reason = null,
    message = null
where
    $again::boolean
    and asked_by <> excluded.asked_by
