-- Question: what stays of the staged voices' segments? Everything but words and spans.
-- Grain:    one row per segment
-- Params:   $notice stands where the words stood; reads the temporary table staged_ids
-- Units:    spans in code points of the voice's text
update segments
set
    text = $notice,
    span_start = 0,
    span_end = length($notice),
    why = []
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
