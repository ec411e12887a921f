-- Schema 5: what must be known where records may come twice, and whose offsets these are.
-- What was counted before came from embedded logs, in order and without gaps.
-- Small tables: a row for 4,096 records of a source, one row in all, rows of one report at a time.
create table loaded_records (
    origin_stream varchar not null,
    chunk bigint not null,
    bits blob not null,
    primary key (origin_stream, chunk)
);
comment on table loaded_records is '元の記録のうち、もう数えたもの。二度届いた記録を二度数えないため';
comment on column loaded_records.origin_stream is 'See origins';
comment on column loaded_records.chunk is 'Record number in that stream, divided by 4096';
comment on column loaded_records.bits is '512 bytes; bit n of byte m is record 4096 * chunk + 8 * m + n';
insert into
    loaded_records (origin_stream, chunk, bits)
with
    chunks as (
        select
            origin_stream,
            unnest(range((records + 4095) // 4096)) as chunk,
            records
        from
            origins
    ),
    counted as (
        select
            origin_stream,
            chunk,
            least(4096, records - 4096 * chunk) as ones
        from
            chunks
    )
select
    origin_stream,
    chunk,
    unhex(
        repeat('FF', ones // 8) || ['', '01', '03', '07', '0F', '1F', '3F', '7F'] [ones % 8 + 1] || repeat('00', 512 - (ones + 7) // 8)
    ) as bits
from
    counted;

create table kafka_cluster (
    cluster_id varchar not null
);
comment on table kafka_cluster is 'offsets の位置がどの Kafka のものか。高々一行';
comment on column kafka_cluster.cluster_id is 'Id that the cluster gave itself';

create table report_parts (
    report_id uuid not null,
    part integer not null,
    text varchar not null
);
comment on table report_parts is '一つの記録に収まらない報告書の値の、まだ揃っていない部分';
comment on column report_parts.report_id is 'Id of the action that completes it';
comment on column report_parts.part is 'From 0';
comment on column report_parts.text is 'Part of the value''s JSON text';
comment on column offsets.stream is 'voc.enriched, voc.dead or voc.actions in home/log; with Kafka a partition, such as voc.enriched-0';
