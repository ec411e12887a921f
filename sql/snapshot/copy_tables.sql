-- Question: what do analysts get? Everything in the warehouse but vectors, which could be turned back into words.
-- Grain:    one row per row of the same table; one transaction, so one state of all tables
-- Params:   none; the warehouse is attached as warehouse, the new file as snapshot
-- Units:    as in sql/schema
insert into
    snapshot.voices by name
from
    warehouse.voices;

insert into
    snapshot.voice_revisions by name
from
    warehouse.voice_revisions;

insert into
    snapshot.segments by name
from
    warehouse.segments;

insert into
    snapshot.segment_topics by name
from
    warehouse.segment_topics;

insert into
    snapshot.terms by name
from
    warehouse.terms;

insert into
    snapshot.segment_terms by name
from
    warehouse.segment_terms;

insert into
    snapshot.awareness by name
from
    warehouse.awareness;

insert into
    snapshot.dead_letters by name
from
    warehouse.dead_letters;

insert into
    snapshot.retried_records by name
from
    warehouse.retried_records;

insert into
    snapshot.origins by name
from
    warehouse.origins;

insert into
    snapshot.offsets by name
from
    warehouse.offsets;

insert into
    snapshot.topics by name
from
    warehouse.topics;

insert into
    snapshot.frozen_reports by name
from
    warehouse.frozen_reports;

insert into
    snapshot.ledger by name
from
    warehouse.ledger;

insert into
    snapshot.loaded_records by name
from
    warehouse.loaded_records;

insert into
    snapshot.kafka_cluster by name
from
    warehouse.kafka_cluster;

insert into
    snapshot.report_parts by name
from
    warehouse.report_parts;

insert into
    snapshot.pulls by name
from
    warehouse.pulls;

insert into
    snapshot.http_requests by name
from
    warehouse.http_requests;

insert into
    snapshot.forgotten_voices by name
from
    warehouse.forgotten_voices;

insert into
    snapshot.vault_reads by name
from
    warehouse.vault_reads;

insert into
    snapshot.deliveries by name
from
    warehouse.deliveries;

insert into
    snapshot.master_data by name
from
    warehouse.master_data;

insert into
    snapshot.written_names by name
from
    warehouse.written_names;

insert into
    snapshot.product_mentions by name
from
    warehouse.product_mentions;

insert into
    snapshot.master_state by name
from
    warehouse.master_state;

insert into
    snapshot.awareness_followups by name
from
    warehouse.awareness_followups;

insert into
    snapshot.person_tags by name
from
    warehouse.person_tags;

insert into
    snapshot.judged_tags by name
from
    warehouse.judged_tags;

insert into
    snapshot.confirmed_segments by name
from
    warehouse.confirmed_segments;

insert into
    snapshot.confirmed_voices by name
from
    warehouse.confirmed_voices;

insert into
    snapshot.awareness_withdrawals by name
from
    warehouse.awareness_withdrawals;
