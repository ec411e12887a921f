-- Question: what do some voices of a span say?
-- Grain:    one row: a JSON list of one object per voice that is there, newest first
-- Params:   $ids JSON list of voice ids; $from, $until  JST calendar dates, half-open
-- Units:    received_on is a JST calendar date; null kind: held back (判定保留)
with
    asked as (
        select
            unnest(from_json($ids::json, '["UUID"]')) as voice_id
    )
select
    coalesce(
        to_json(
            list(
                struct_pack(
                    voice_id := voices.voice_id,
                    received_on := voices.received_on,
                    text := voices.text,
                    place := voices.place,
                    product := voices.product,
                    source := voices.source,
                    sentiment := voices.sentiment,
                    kind := voices.kind
                )
                order by
                    voices.received_at desc,
                    voices.voice_id
            )
        ),
        '[]'
    )::varchar as answer
from
    named_voices as voices
    semi join asked on asked.voice_id = voices.voice_id
where
    voices.received_on >= $from::date
    and voices.received_on < $until::date
