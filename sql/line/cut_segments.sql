-- Question: which segments are of the voices that are left? From here on this connection's `segments` are these alone.
-- Grain:    one row per segment, as in the table that it hides
-- Params:   none; after cut_voices.sql
-- Units:    none
create or replace temp table segments as
select
    segments.*
from
    segments
    semi join voices on voices.voice_id = segments.voice_id
