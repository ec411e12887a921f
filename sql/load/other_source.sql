-- Question: as which other source did the same bytes bring voices?
-- Grain:    one row per source
-- Params:   $content what the streams of the bytes begin with, $source name of the source at hand
-- Units:    none
select distinct
    source
from
    origins
where
    starts_with(origin_stream, $content)
    and source <> $source
    and voices > 0
order by
    source
