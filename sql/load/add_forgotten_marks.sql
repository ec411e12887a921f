-- Question: what are forgotten voices known by from now on?
-- Grain:    one row per mark
-- Params:   $marks JSON list of marks
-- Units:    none
insert into
    forgotten_marks (mark)
select distinct
    given.mark
from
    (
        select
            unnest(from_json($marks::json, '["UUID"]')) as mark
    ) as given
    anti join forgotten_marks as f on f.mark = given.mark
order by
    given.mark
