-- Question: how much does the warehouse hold?
-- Grain:    one row
-- Params:   none
-- Units:    counts in rows, dead letters without discarded ones, awareness without withdrawn; first_on and last_on JST dates
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
            anti join awareness_withdrawals using (awareness_id)
    )::integer as awareness,
    (
        select
            count(*)
        from
            reports
    )::integer as reports,
    (
        select
            min(received_on)
        from
            voices
    )::varchar as first_on,
    (
        select
            max(received_on)
        from
            voices
    )::varchar as last_on
