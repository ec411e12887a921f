-- Question: which tags did people find right or wrong?
-- Grain:    one row per tag of a segment
-- Params:   none
-- Units:    confidence in [0, 1], before any offset; spans in code points of the voice's text
select
    voice_id::varchar as voice_id,
    revision_hash,
    span_start,
    span_end,
    head,
    label,
    is_right,
    confidence,
    head_version,
    author
from
    judged_tags
order by
    head,
    voice_id,
    span_start,
    label
