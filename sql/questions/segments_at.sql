-- Question: what stands at these places of voices now?
-- Grain:    one row per place that a segment still stands at to the letter, or whose voice is there at all
-- Params:   $places JSON list of (voice_id, span_start, span_end); $encoder whose vectors the heads in use read
-- Units:    spans in code points of the voice's text; text and vector null where no segment has that span; vector in signed bytes
with
    places as (
        select
            unnest(
                from_json(
                    $places::json,
                    '[{"voice_id":"UUID","span_start":"INTEGER","span_end":"INTEGER"}]'
                ),
                recursive := true
            )
    )
select
    p.voice_id::varchar as voice_id,
    p.span_start,
    p.span_end,
    r.revision_hash,
    s.text,
    x.vector
from
    places as p
    join voices as v on v.voice_id = p.voice_id
    join voice_revisions as r on r.voice_id = v.voice_id
    and r.revision = v.revision
    left join segments as s on s.voice_id = p.voice_id
    and s.span_start = p.span_start
    and s.span_end = p.span_end
    left join vectors as x on x.segment_id = s.segment_id
    and x.encoder = $encoder
order by
    p.voice_id,
    p.span_start
