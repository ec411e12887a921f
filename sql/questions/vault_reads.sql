-- Question: who has read the words of which record as they came, and why?
-- Grain:    one row per look, newest first
-- Params:   none
-- Units:    read_at local time in Asia/Tokyo
select
    record,
    author,
    reason,
    strftime(
        read_at at time zone 'Asia/Tokyo',
        '%Y-%m-%d %H:%M:%S'
    ) as read_at
from
    vault_reads
order by
    vault_reads.read_at desc,
    read_id
