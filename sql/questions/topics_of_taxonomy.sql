-- Question: which topics does a taxonomy have?
-- Grain:    one row per leaf topic, in the taxonomy's order
-- Params:   $taxonomy  name of the taxonomy
-- Units:    severity from 0 (harmless) to 5 (bodily harm)
select
    topic,
    label,
    parent,
    parent_label,
    severity
from
    topics
where
    taxonomy = $taxonomy
order by
    position,
    topic
