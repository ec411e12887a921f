-- Question: what does the vault hold? It goes to a new file, where nothing is left of what was removed.
-- Grain:    one row per row of the same table
-- Params:   none; the vault is attached as vault, the new file as fresh
-- Units:    as in sql/vault-schema
insert into
    fresh.sealed_records by name
from
    vault.sealed_records;

insert into
    fresh.forgotten_voices by name
from
    vault.forgotten_voices;
