-- Question: how many voices have a vector of another encoder than the one in use?
-- Grain:    one row
-- Params:   $encoder id of the encoder in use
-- Units:    voices
select
    count(distinct s.voice_id)::integer as voices
from
    segments as s
    inner join vectors as v on v.segment_id = s.segment_id
where
    v.encoder <> $encoder
