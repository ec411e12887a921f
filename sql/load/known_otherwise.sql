-- Question: how many of the voices at hand are known by their ids, and how many of these with another time and other words?
-- Grain:    one row
-- Params:   $candidates JSON list of (voice_id; received_at; text_hash, MD5 of the normalised words)
-- Units:    voices at hand; of forgotten ones nothing is known
with
    candidates as (
        select
            unnest(
                from_json(
                    $candidates::json,
                    '[{"voice_id":"UUID","received_at":"TIMESTAMPTZ","text_hash":"VARCHAR"}]'
                ),
                recursive := true
            )
    )
select
    count(*)::integer as known,
    (
        count(*) filter(
            c.received_at <> v.received_at
            and c.text_hash <> md5(v.text)
        )
    )::integer as otherwise
from
    candidates as c
    inner join voices as v on v.voice_id = c.voice_id
    anti join forgotten_voices as f on f.voice_id = v.voice_id
