-- Question: which segment id is free? One that was searched for names is not given again.
-- Grain:    one row
-- Params:   none
-- Units:    none
select
    greatest(
        (
            select
                coalesce(max(segment_id) + 1, 0)
            from
                segments
        ),
        (
            select
                coalesce(max(next_segment_id), 0)
            from
                master_state
        )
    )::double as next_segment_id
