-- Question: of which staged voices does no file hold words any more?
-- Grain:    one row per voice
-- Params:   none; reads the temporary table staged_ids
-- Units:    none
update forgotten_voices
set
    is_cleaned = true
where
    voice_id in (
        select
            s.voice_id
        from
            staged_ids as s
    )
