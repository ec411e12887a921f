-- Question: which files brought the words of some voices?
-- Grain:    one row per name of a file
-- Params:   $ids JSON list of voice ids
-- Units:    file as it was when first read, masked
select distinct
    origins.file
from
    voice_revisions
    join origins on origins.origin_stream = voice_revisions.origin_stream
where
    starts_with(voice_revisions.origin_stream, 'file:')
    and voice_revisions.voice_id in (
        select
            unnest(from_json($ids::json, '["UUID"]'))
    )
order by
    origins.file
