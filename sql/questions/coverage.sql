-- Question: what has been loaded when this report is made?
-- Grain:    one row per source stream
-- Params:   none
-- Units:    records of the source
select
    origin_stream as stream,
    records::integer as records
from
    origins
order by
    origin_stream
