-- Question: which of the things that people said of tags hold?
-- Grain:    one row per action
-- Params:   $tags JSON list of (tag_id, state)
-- Units:    none
with
    told as (
        select
            unnest(
                from_json(
                    $tags::json,
                    '[{"tag_id":"UUID","state":"VARCHAR"}]'
                )
            ) as t
    )
update person_tags
set
    state = t.state
from
    told
where
    tag_id = t.tag_id
