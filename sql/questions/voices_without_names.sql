-- Question: how many voices name neither a product nor a place, so that no product line can have them?
-- Grain:    one row
-- Params:   $from, $until  JST calendar dates, half-open
-- Units:    voice_count in voices
select
    count(*)::integer as voice_count
from
    named_voices
where
    received_on >= $from::date
    and received_on < $until::date
    and product is null
    and place is null
