-- Question: what does a frozen report say without the words of forgotten voices?
-- Grain:    one row per (job, period, revision, piece), all of them and no other: deleted rows would stay in the file
-- Params:   $job, $period, $revision, $pieces list of texts, as many as before
-- Units:    none
update frozen_reports as f
set
    text = p.text
from
    (
        select
            unnest(range(len($pieces::varchar[]))) as piece,
            unnest($pieces::varchar[]) as text
    ) as p
where
    f.job = $job
    and f.period = $period
    and f.revision = $revision::integer
    and f.piece = p.piece
