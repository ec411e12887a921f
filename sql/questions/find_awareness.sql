-- Question: which awareness does a number that somebody typed mean?
-- Grain:    one row per awareness
-- Params:   $id  its id, or how that begins
-- Units:    none
select
    awareness.awareness_id::varchar as awareness_id,
    awareness.voice_id::varchar as voice_id,
    awareness.author,
    awareness.reason,
    exists (
        select
            1
        from
            awareness_withdrawals
        where
            awareness_withdrawals.awareness_id = awareness.awareness_id
    ) as is_withdrawn,
    exists (
        select
            1
        from
            awareness_followups
        where
            awareness_followups.awareness_id = awareness.awareness_id
            and awareness_followups.step = 'decision'
    ) as is_decided
from
    awareness
where
    starts_with(awareness.awareness_id::varchar, lower($id))
order by
    awareness.added_at,
    awareness.awareness_id
