-- Question: what stays of the staged voices' revisions? Enough to know that one of them has come before.
-- Grain:    one row per (voice_id, revision)
-- Params:   $notice stands where the words stood; reads the temporary table staged_ids
-- Units:    received_at at 00:00 in Asia/Tokyo
update voice_revisions
set
    text = $notice,
    received_at = (received_at at time zone 'Asia/Tokyo')::date::timestamp at time zone 'Asia/Tokyo',
    origin_offset = 0
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
