-- Question: was a tag right, if its voice is not forgotten?
-- Grain:    one row per tag of a segment; what was said of it before is cleared
-- Params:   $judgement_id, $voice_id, $revision_hash, $span_start, $span_end, $head, $label, $is_right, $confidence, $head_version, $author, $judged_at
--           ISO instant
-- Units:    spans in code points of the voice's text; confidence in [0, 1], before any offset
insert into
    judged_tags
select
    $judgement_id::uuid,
    $voice_id::uuid,
    $revision_hash,
    $span_start::integer,
    $span_end::integer,
    $head,
    $label,
    $is_right::boolean,
    $confidence::double,
    $head_version,
    $author,
    $judged_at::timestamptz
where
    not exists (
        select
            1
        from
            forgotten_voices
        where
            voice_id = $voice_id::uuid
    )
