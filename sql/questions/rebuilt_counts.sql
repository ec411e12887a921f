-- Question: how much does a warehouse hold that was built anew?
-- Grain:    one row
-- Params:   none
-- Units:    counts in rows
select
    (
        select
            count(*)
        from
            voices
    )::integer as voices,
    (
        select
            count(*)
        from
            segments
    )::integer as segments,
    (
        select
            count(*)
        from
            dead_letters
        where
            discarded_at is null
    )::integer as dead_letters,
    (
        select
            count(*)
        from
            awareness
    )::integer as awareness,
    (
        select
            count(*)
        from
            reports
    )::integer as reports
