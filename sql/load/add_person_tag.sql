-- Question: what did a person say of a segment's tags, if its voice is not forgotten?
-- Grain:    one row per action; a second load of the same action changes nothing
-- Params:   $tag_id, $voice_id, $revision_hash, $span_start, $span_end, $text_hash, $words_hash, $step fix, confirm or undo, $sentiment and $kind null where
--           nothing was said, $topics JSON list of (taxonomy, topics), $author, $said_at ISO instant
-- Units:    spans in code points of the voice's text; position in the order of the stream, which is one voice's own
insert into
    person_tags
select
    $tag_id::uuid,
    $voice_id::uuid,
    (
        select
            count(*)
        from
            person_tags
        where
            voice_id = $voice_id::uuid
    )::integer,
    $revision_hash,
    $span_start::integer,
    $span_end::integer,
    $text_hash,
    $words_hash,
    $step,
    $sentiment,
    $kind,
    from_json(
        $topics::json,
        '[{"taxonomy":"VARCHAR","topics":["VARCHAR"]}]'
    ),
    $author,
    $said_at::timestamptz,
    'no-voice'
where
    not exists (
        select
            1
        from
            person_tags
        where
            tag_id = $tag_id::uuid
    )
    and not exists (
        select
            1
        from
            forgotten_voices
        where
            voice_id = $voice_id::uuid
    )
