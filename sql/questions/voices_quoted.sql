-- Question: which voices do these texts quote, whole or in part?
-- Grain:    one row per voice
-- Params:   $texts JSON list of texts
-- Units:    none; a voice that stands in a longer text has twelve characters or more
with
    texts as (
        select
            unnest(from_json($texts::json, '["VARCHAR"]')) as quoted
    )
select distinct
    voices.voice_id::varchar as voice_id
from
    voices
    join texts on contains(voices.text, texts.quoted)
    or (
        length(voices.text) >= 12
        and contains(texts.quoted, voices.text)
    )
order by
    voice_id
