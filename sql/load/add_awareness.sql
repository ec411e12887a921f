-- Question: what did a person say about a voice that is not forgotten?
-- Grain:    one row per awareness; a second load of the same action changes nothing
-- Params:   $awareness_id, $voice_id, $author, $reason, $added_at ISO instant
-- Units:    none
insert into
    awareness (awareness_id, voice_id, author, reason, added_at)
select
    $awareness_id::uuid,
    $voice_id::uuid,
    $author,
    $reason,
    $added_at::timestamptz
where
    not exists (
        select
            1
        from
            awareness
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
