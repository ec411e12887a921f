-- Question: what do the voices' segments say of them together, now that a person said something of one?
-- Grain:    one row per voice
-- Params:   $voices JSON list of (voice_id, sentiment_said, kind_said, sentiment, polarity, kind)
-- Units:    polarity in [-1, 1]
with
    derived as (
        select
            unnest(
                from_json(
                    $voices::json,
                    '[{"voice_id":"UUID","sentiment_said":"BOOLEAN","kind_said":"BOOLEAN","sentiment":"VARCHAR","polarity":"DOUBLE","kind":"VARCHAR"}]'
                )
            ) as d
    )
update voices
set
    sentiment = if (d.sentiment_said, d.sentiment, sentiment),
    polarity = if (d.sentiment_said, d.polarity, polarity),
    kind = if (d.kind_said, d.kind, kind)
from
    derived
where
    voice_id = d.voice_id
