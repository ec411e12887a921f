-- Question: of how many segments did a person confirm a tag, and how much of what people said holds for none any more?
-- Grain:    one row
-- Params:   none
-- Units:    counts of segments, and of actions
select
    (
        select
            count(*)
        from
            confirmed_segments
    )::integer as confirmed,
    (
        select
            count(*)
        from
            person_tags
        where
            state in ('no-segment', 'other-words', 'no-voice')
    )::integer as lost
