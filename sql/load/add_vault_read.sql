-- Question: who read the words of which record as they came?
-- Grain:    one row per look; a second load of the same action changes nothing
-- Params:   $read_id, $record, $author, $reason, $read_at ISO instant
-- Units:    none
insert into
    vault_reads (read_id, record, author, reason, read_at)
select
    $read_id::uuid,
    $record,
    $author,
    $reason,
    $read_at::timestamptz
where
    not exists (
        select
            1
        from
            vault_reads
        where
            read_id = $read_id::uuid
    )
