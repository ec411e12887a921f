-- Question: which Kafka are the offsets of?
-- Grain:    one row
-- Params:   $cluster_id
-- Units:    none
insert into
    kafka_cluster (cluster_id)
values
    ($cluster_id)
