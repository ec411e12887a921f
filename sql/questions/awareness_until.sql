-- Question: what did people write on voices received before a date?
-- Grain:    one row per awareness comment, newest voice first
-- Params:   $until  JST calendar date, exclusive
-- Units:    added_on and withdrawn_on are JST calendar dates; withdrawn_on null while it stands
select
    awareness.awareness_id::varchar as awareness_id,
    awareness.voice_id::varchar as voice_id,
    awareness.author,
    awareness.reason,
    (awareness.added_at at time zone 'Asia/Tokyo')::date::varchar as added_on,
    voices.received_on::varchar as received_on,
    voices.text,
    voices.place,
    voices.product,
    voices.source,
    voices.sentiment,
    voices.kind,
    (withdrawn.withdrawn_at at time zone 'Asia/Tokyo')::date::varchar as withdrawn_on,
    withdrawn.reason as withdrawn_because
from
    awareness
    join named_voices as voices on voices.voice_id = awareness.voice_id
    left join awareness_withdrawals as withdrawn on withdrawn.awareness_id = awareness.awareness_id
where
    voices.received_on < $until::date
order by
    voices.received_at desc,
    awareness.added_at,
    awareness.awareness_id
