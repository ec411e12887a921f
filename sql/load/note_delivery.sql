-- Question: what became of a delivery?
-- Grain:    one row; a word about an earlier round, or an earlier try, changes nothing
-- Params:   $job, $period, $revision, $recipient, $round; $tries, $answers_lost with this one; $state; $at, $not_before ISO instants; $reason; $message for staff, or null
-- Units:    none
update deliveries
set
    state = $state,
    tries = $tries::integer,
    answers_lost = $answers_lost::integer,
    tried_at = $at::timestamptz,
    not_before = $not_before::timestamptz,
    reason = $reason,
    message = $message
where
    job = $job
    and period = $period
    and revision = $revision::integer
    and recipient = $recipient
    and round = $round::integer
    and tries < $tries::integer
