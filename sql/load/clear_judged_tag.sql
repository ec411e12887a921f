-- Question: what was said of a tag before? A later word on it takes its place.
-- Grain:    one row per tag of a segment
-- Params:   $voice_id, $revision_hash, $span_start, $span_end, $head, $label, $head_version
-- Units:    spans in code points of the voice's text
delete from judged_tags
where
    voice_id = $voice_id::uuid
    and revision_hash = $revision_hash
    and span_start = $span_start::integer
    and span_end = $span_end::integer
    and head = $head
    and label = $label
    and head_version = $head_version
