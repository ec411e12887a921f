-- Question: which awareness did its author withdraw, if its voice is not forgotten?
-- Grain:    one row per withdrawal; a second load of the same action changes nothing
-- Params:   $withdrawal_id, $awareness_id, $voice_id, $author, $reason, $withdrawn_at ISO instant
-- Units:    none
insert into
    awareness_withdrawals (
        withdrawal_id,
        awareness_id,
        voice_id,
        author,
        reason,
        withdrawn_at
    )
select
    $withdrawal_id::uuid,
    $awareness_id::uuid,
    $voice_id::uuid,
    $author,
    $reason,
    $withdrawn_at::timestamptz
where
    not exists (
        select
            1
        from
            awareness_withdrawals
        where
            awareness_id = $awareness_id::uuid
    )
    and not exists (
        select
            1
        from
            forgotten_voices
        where
            voice_id = $voice_id::uuid
    )
