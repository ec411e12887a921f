-- Question: what was loaded from each source file so far?
-- Grain:    one row per origin stream
-- Params:   none
-- Units:    counts in records; changed of the voices, those that were known with other words
with
    changes as (
        select
            origin_stream,
            count(*)::integer as changed
        from
            voice_revisions
        where
            revision > 1
        group by
            origin_stream
    )
select
    origin_stream,
    records::integer as records,
    voices::integer as voices,
    coalesce(changed, 0)::integer as changed,
    duplicates::integer as duplicates,
    skipped::integer as skipped,
    forgotten::integer as forgotten,
    dead_letters::integer as dead_letters
from
    origins
    left join changes using (origin_stream)
order by
    origin_stream
