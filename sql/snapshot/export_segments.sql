-- Question: what do engines other than DuckDB read? The segments, one folder a month.
-- Grain:    one row per row of segments
-- Params:   $folder where the folders month=2025-07 are made
-- Units:    as in sql/schema; month is that of received_on
copy (
    select
        *,
        strftime(received_on, '%Y-%m') as month
    from
        snapshot.segments
    order by
        received_on,
        segment_id
) to $folder (
    format parquet,
    compression zstd,
    partition_by (month)
)
