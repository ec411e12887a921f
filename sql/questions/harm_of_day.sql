-- Question: which voices of a day tell of bodily harm, for sure or perhaps?
-- Grain:    one row per voice, surest first; the segment is the surest of its own
-- Params:   $from, $until  JST calendar dates, half-open; $sure  confidence in [0, 1] from which a machine's word is enough
-- Units:    spans in Unicode code points of the voice's text
select
    segments.voice_id::varchar as voice_id,
    segments.span_start,
    segments.span_end,
    coalesce(segments.harm_confidence >= $sure::float, false) as is_sure
from
    segments
where
    segments.harm
    and segments.received_on >= $from::date
    and segments.received_on < $until::date
qualify
    row_number() over (
        partition by
            segments.voice_id
        order by
            segments.harm_confidence desc,
            segments.position
    ) = 1
order by
    segments.harm_confidence desc,
    segments.voice_id
