-- Question: what was decided because of an awareness, or what came of it, if its voice is not forgotten?
-- Grain:    one row per follow-up; a second load of the same action changes nothing
-- Params:   $followup_id, $awareness_id, $voice_id, $step decision or outcome, $author, $text, $added_at ISO instant
-- Units:    none
insert into
    awareness_followups (
        followup_id,
        awareness_id,
        voice_id,
        step,
        author,
        text,
        added_at
    )
select
    $followup_id::uuid,
    $awareness_id::uuid,
    $voice_id::uuid,
    $step,
    $author,
    $text,
    $added_at::timestamptz
where
    not exists (
        select
            1
        from
            awareness_followups
        where
            followup_id = $followup_id::uuid
    )
    and not exists (
        select
            1
        from
            forgotten_voices
        where
            voice_id = $voice_id::uuid
    )
