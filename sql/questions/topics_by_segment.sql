-- Question: which topics of a taxonomy does each segment have?
-- Grain:    one row per segment that has any
-- Params:   $taxonomy
-- Units:    tags are topics joined by a space, in order of their ids
select
    segment_id::double as segment_id,
    string_agg(
        topic,
        ' '
        order by
            topic
    ) as tags
from
    segment_topics
where
    taxonomy = $taxonomy
group by
    segment_id
order by
    segment_id
