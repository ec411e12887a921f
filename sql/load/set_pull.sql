-- Question: how far is a source of pull: read?
-- Grain:    one row per source; a second load of the same action changes nothing
-- Params:   $name, $watermark JSON text, $pulled_at ISO instant
-- Units:    none
insert into
    pulls (name, watermark, pulled_at)
values
    ($name, $watermark, $pulled_at::timestamptz)
on conflict (name) do
update
set
    watermark = excluded.watermark,
    pulled_at = excluded.pulled_at
