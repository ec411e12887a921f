-- Question: what stays of the staged voices? The day, the channel, the source's name and what was read out of the words.
-- Grain:    one row per voice
-- Params:   $notice stands where the words stood; reads the temporary table staged_ids
-- Units:    received_at at 00:00 in Asia/Tokyo
update voices
set
    source_id = null,
    received_at = received_on::timestamp at time zone 'Asia/Tokyo',
    received_precision = 'date',
    rating = null,
    product = null,
    place = null,
    lot = null,
    customer_key = null,
    attributes = '{}',
    text = $notice,
    mask_count = 0,
    origin_offset = 0,
    origin_row = 1
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
