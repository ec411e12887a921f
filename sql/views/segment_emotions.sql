-- Question: which emotions does each segment show?
-- Grain:    one row per (segment, emotion); a segment without an emotion has no row
-- Params:   none
-- Units:    confidence a calibrated probability in [0, 1]; received_on JST date
create or replace view segment_emotions as
select
    segment_id,
    voice_id,
    received_on,
    text,
    intensity,
    unnest(emotions).emotion as emotion,
    unnest(emotions).confidence as confidence
from
    segments
