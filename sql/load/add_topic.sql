-- Question: which topic does a taxonomy have?
-- Grain:    one row per topic
-- Params:   one per column of topics
-- Units:    severity from 0 to 5, position from 0
insert into
    topics (
        taxonomy,
        topic,
        label,
        parent,
        parent_label,
        severity,
        position,
        description
    )
values
    (
        $taxonomy,
        $topic,
        $label,
        $parent,
        $parent_label,
        $severity::integer,
        $position::integer,
        $description
    )
