-- Question: which tags of the named taxonomies did a machine set on the staged voices? They are removed; a person's word stays.
-- Grain:    one row per (segment, topic)
-- Params:   $taxonomies JSON list of names; reads the temporary table staged_ids
-- Units:    none
delete from segment_topics
where
    decided_by in ('head', 'rule')
    and taxonomy in (
        select
            unnest(from_json($taxonomies::json, '["VARCHAR"]'))
    )
    and voice_id in (
        select
            voice_id
        from
            staged_ids
    )
