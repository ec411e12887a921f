-- Question: where do segments name products? One that has gone meanwhile does not, nor one of a voice that was forgotten.
-- Grain:    one row per mention
-- Params:   $mentions JSON list of (segmentId, voiceId, code, start, end)
-- Units:    code points of voices.text, half-open
with
    mentions as (
        select
            unnest(
                from_json(
                    $mentions::json,
                    '[{"segmentId":"BIGINT","voiceId":"UUID","code":"VARCHAR","start":"INTEGER","end":"INTEGER"}]'
                )
            ) as m
    )
insert into
    product_mentions
select
    m.segmentId,
    m.voiceId,
    m.code,
    m.start,
    m."end"
from
    mentions
    semi join segments on segments.segment_id = m.segmentId
    and segments.voice_id = m.voiceId
    anti join forgotten_voices on forgotten_voices.voice_id = m.voiceId
