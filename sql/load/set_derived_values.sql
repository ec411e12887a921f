-- Question: what do a voice's segments say of it together, now that they were classified again?
-- Grain:    one row per voice
-- Params:   $voice_id uuid as text, $sentiment, $polarity, $kind, $emotions JSON list of (emotion, confidence), $intensity, $harm
-- Units:    polarity in [-1, 1]; intensity from 0 to 3
update voices
set
    sentiment = $sentiment,
    polarity = $polarity,
    kind = $kind,
    emotions = from_json(
        $emotions::json,
        '[{"emotion":"VARCHAR","confidence":"FLOAT"}]'
    ),
    intensity = $intensity::integer,
    harm = $harm::boolean
where
    voice_id = $voice_id::uuid
