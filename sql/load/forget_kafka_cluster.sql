-- Question: which Kafka are the offsets of? From here on of another.
-- Grain:    one row
-- Params:   none
-- Units:    none
delete from kafka_cluster
