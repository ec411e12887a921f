-- Question: which voices are in the period and in the one before it?
-- Grain:    one row per voice, newest first
-- Params:   $previous_from, $from, $until  JST calendar dates; previous [previous_from, from), this [from, until)
-- Units:    received_on is a JST calendar date; null kind: held back (判定保留)
select
    voice_id::varchar as voice_id,
    received_on::varchar as received_on,
    case
        when received_on >= $from::date then 'this'
        else 'previous'
    end as period,
    text,
    place,
    product,
    source,
    sentiment,
    kind
from
    named_voices
where
    received_on >= $previous_from::date
    and received_on < $until::date
order by
    received_at desc,
    voice_id
