-- Question: how far had the vault read? The new file goes on there.
-- Grain:    one row per row of the same table
-- Params:   none; the vault is attached as vault, the new file as fresh
-- Units:    as in sql/vault-schema
insert into
    fresh.offsets by name
from
    vault.offsets;

insert into
    fresh.kafka_cluster by name
from
    vault.kafka_cluster;
