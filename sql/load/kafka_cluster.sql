-- Question: which Kafka are the offsets of?
-- Grain:    one row, or none before the first load
-- Params:   none
-- Units:    none
select
    cluster_id
from
    kafka_cluster
order by
    cluster_id
