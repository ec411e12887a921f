-- Question: where do the ids of the batch at hand wait to be joined?
-- Grain:    one row per voice id
-- Params:   none
-- Units:    none
create or replace temporary table staged_ids (voice_id uuid not null)
