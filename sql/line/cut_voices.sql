-- Question: which voices belong to a product line? From here on this connection's `voices` are these alone.
-- Grain:    one row per voice, as in the table that it hides; a voice belongs to the first line that it fits, by the
--           company's names of its product and place
-- Params:   $patterns JSON list of position, subject (product or place) and pattern as `like` reads it, with \ before
--           what stands for itself; $position of the line, from 1; 0 for the voices that fit none
-- Units:    none
create or replace temp table voices as
with
    patterns as (
        select
            unnest(
                from_json(
                    $patterns::json,
                    '[{"position": "INTEGER", "subject": "VARCHAR", "pattern": "VARCHAR"}]'
                ),
                recursive := true
            )
    ),
    subjects as (
        select distinct
            product,
            place
        from
            named_voices
    ),
    placed as (
        select
            subjects.product,
            subjects.place,
            min(patterns.position) as position
        from
            subjects
            left join patterns on case
                when patterns.subject = 'product' then subjects.product
                else subjects.place
            end like patterns.pattern escape '\'
        group by
            subjects.product,
            subjects.place
    )
select
    voices.*
from
    voices
    join named_voices on named_voices.voice_id = voices.voice_id
    join placed on placed.product is not distinct from named_voices.product
    and placed.place is not distinct from named_voices.place
where
    coalesce(placed.position, 0) = $position::integer
