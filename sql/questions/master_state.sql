-- Question: which tables of products, stores and desks are applied, and up to which segment?
-- Grain:    one row; none before the first
-- Params:   none
-- Units:    none
select
    content_hash,
    next_segment_id::double as next_segment_id
from
    master_state
