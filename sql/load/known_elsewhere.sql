-- Question: how many voices at hand are known already, under the ids that other sources would give them?
-- Grain:    one row per source
-- Params:   $candidates JSON list of (voice, number of the voice at hand; voice_id; received_at; revision, hash that must be the same, or null)
-- Units:    known in voices at hand
with
    candidates as (
        select
            unnest(
                from_json(
                    $candidates::json,
                    '[{"voice":"INTEGER","voice_id":"UUID","received_at":"TIMESTAMPTZ","revision":"VARCHAR"}]'
                ),
                recursive := true
            )
    )
select
    v.source,
    count(distinct c.voice)::integer as known
from
    voices as v
    inner join candidates as c on c.voice_id = v.voice_id
    -- Numbers that two sources count from 1 are the same by chance.
    and c.received_at = v.received_at
where
    c.revision is null
    or exists (
        select
            1
        from
            voice_revisions as r
        where
            r.voice_id = v.voice_id
            and r.revision_hash = c.revision
    )
group by
    v.source
order by
    v.source
