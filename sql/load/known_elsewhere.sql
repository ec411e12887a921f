-- Question: how many voices at hand are known already as another source's, by the ids that it would give them or by their words?
-- Grain:    one row per source
-- Params:   $source theirs, $candidates JSON list of (voice, number of the voice at hand; voice_id; received_at; revision, hash that must be the same, or null), $words JSON list of (voice; received_at; text_hash, MD5 of the normalised words)
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
    ),
    words as (
        select
            unnest(
                from_json(
                    $words::json,
                    '[{"voice":"INTEGER","received_at":"TIMESTAMPTZ","text_hash":"VARCHAR"}]'
                ),
                recursive := true
            )
    ),
    by_id as (
        select
            v.source,
            c.voice
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
    ),
    -- First by time, so that few texts are hashed.
    at_the_same_time as materialized (
        select
            v.source,
            v.text,
            w.voice,
            w.text_hash
        from
            voices as v
            inner join words as w on w.received_at = v.received_at
        where
            v.source <> $source
    ),
    known as (
        select
            source,
            voice
        from
            by_id
        union all
        -- What many answer is the same by chance: it counts once.
        select
            source,
            min(voice) as voice
        from
            at_the_same_time
        where
            md5(text) = text_hash
        group by
            source,
            text_hash
    )
select
    source,
    count(distinct voice)::integer as known
from
    known
group by
    source
order by
    source
