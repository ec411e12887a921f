-- Question: which segments are not yet searched for names of products?
-- Grain:    one row per segment, in order of segment_id
-- Params:   $from first segment_id; $limit segments
-- Units:    received_on JST date; span_start in code points of voices.text
select
    segment_id::double as segment_id,
    voice_id::varchar as voice_id,
    text,
    span_start,
    received_on::varchar as received_on
from
    segments
where
    segment_id >= $from::bigint
order by
    segment_id
limit
    $limit::integer
