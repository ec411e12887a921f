-- Question: which stored revision was enriched again by a higher epoch?
-- Grain:    one row per (voice_id, revision)
-- Params:   $voice_id uuid as text, $revision from 1, $epoch, $text masked text of that epoch
-- Units:    none
update voice_revisions
set
    epoch = $epoch::integer,
    text = $text
where
    voice_id = $voice_id::uuid
    and revision = $revision::integer
