-- Question: where do keys that were wrapped anew wait to be joined?
-- Grain:    one row per record
-- Params:   none
-- Units:    none
create or replace temporary table staged_keys (record bigint not null, wrapped_key blob not null)
