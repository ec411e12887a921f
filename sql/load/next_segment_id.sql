-- Question: which segment id is free?
-- Grain:    one row
-- Params:   none
-- Units:    none
select
    coalesce(max(segment_id) + 1, 0)::double as next_segment_id
from
    segments
