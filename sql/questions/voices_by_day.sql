-- Question: how many voices came on each day?
-- Grain:    one row per day that has a voice
-- Params:   $from, $until  JST calendar dates, half-open
-- Units:    voice_count in voices
select
    received_on::varchar as received_on,
    count(*)::integer as voice_count
from
    voices
where
    received_on >= $from::date
    and received_on < $until::date
group by
    voices.received_on
order by
    voices.received_on
