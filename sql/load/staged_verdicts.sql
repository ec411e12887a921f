-- Question: how are the staged voices cut, and what is said of each segment?
-- Grain:    one row per segment, in reading order
-- Params:   none; reads the temporary table staged_ids
-- Units:    spans in code points of the voice's text; words_hash as SegmentTagged has it; polarity in [-1, 1]
select
    s.segment_id::double as segment_id,
    s.voice_id::varchar as voice_id,
    s.span_start,
    s.span_end,
    left(
        sha256(regexp_replace(s.text, '【[^】]*】', '【】', 'g')),
        16
    ) as words_hash,
    s.polarity::double as polarity,
    s.kind
from
    segments as s
    semi join staged_ids on staged_ids.voice_id = s.voice_id
order by
    s.voice_id,
    s.position
