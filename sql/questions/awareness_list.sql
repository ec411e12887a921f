-- Question: which awareness comments were written, and on which voices?
-- Grain:    one row per awareness
-- Params:   none
-- Units:    added_at local time in Asia/Tokyo
select
    a.awareness_id::varchar as awareness_id,
    a.voice_id::varchar as voice_id,
    a.author,
    a.reason,
    strftime(
        a.added_at at time zone 'Asia/Tokyo',
        '%Y-%m-%d %H:%M'
    ) as added_at,
    v.received_on::varchar as received_on,
    v.text
from
    awareness as a
    inner join voices as v on v.voice_id = a.voice_id
order by
    a.added_at,
    a.awareness_id
