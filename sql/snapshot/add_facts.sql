-- Question: when was the snapshot made, and how much does it hold?
-- Grain:    one row
-- Params:   $made_at ISO instant
-- Units:    counts in rows
insert into
    snapshot.snapshot_facts
select
    $made_at::timestamptz,
    version(),
    (
        select
            count(*)
        from
            snapshot.voices
    ),
    (
        select
            count(*)
        from
            snapshot.segments
    )
