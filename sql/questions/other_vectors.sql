-- Question: how many segments have a vector of another encoder than the one in use?
-- Grain:    one row
-- Params:   $encoder SHA-256 of the encoder in use
-- Units:    segments
select
    count(*)::integer as segments
from
    vectors
where
    encoder <> $encoder
