-- Question: which of the staged voices are to be forgotten from now on? The first time counts.
-- Grain:    one row per voice
-- Params:   $mode pseudonymise or delete, $author, $reason, $forgotten_at ISO instant; reads the temporary table staged_ids
-- Units:    none
insert into
    forgotten_voices (voice_id, mode, author, reason, forgotten_at)
select
    s.voice_id,
    $mode,
    $author,
    $reason,
    $forgotten_at::timestamptz
from
    staged_ids as s
    anti join forgotten_voices as f on f.voice_id = s.voice_id
