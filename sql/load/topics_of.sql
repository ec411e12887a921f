-- Question: how does the warehouse describe a taxonomy's topics?
-- Grain:    one row per topic
-- Params:   $taxonomy
-- Units:    severity from 0 to 5, position from 0
select
    taxonomy,
    topic,
    label,
    parent,
    parent_label,
    severity,
    position,
    description
from
    topics
where
    taxonomy = $taxonomy
order by
    position
