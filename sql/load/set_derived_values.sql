-- Question: what do the voices' segments say of them together, now that they were classified again?
-- Grain:    one row per voice
-- Params:   $voices JSON list of (voice_id, sentiment, polarity, kind, emotions, intensity, harm)
-- Units:    polarity in [-1, 1]; intensity from 0 to 3; emotions a list of (emotion, confidence)
with
    derived as (
        select
            unnest(
                from_json(
                    $voices::json,
                    '[{"voice_id":"UUID","sentiment":"VARCHAR","polarity":"DOUBLE","kind":"VARCHAR","emotions":[{"emotion":"VARCHAR","confidence":"FLOAT"}],"intensity":"INTEGER","harm":"BOOLEAN"}]'
                )
            ) as d
    )
update voices
set
    sentiment = d.sentiment,
    polarity = d.polarity,
    kind = d.kind,
    emotions = d.emotions,
    intensity = d.intensity,
    harm = d.harm
from
    derived
where
    voice_id = d.voice_id
