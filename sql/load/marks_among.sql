-- Question: which of these marks are of forgotten voices?
-- Grain:    one row per mark
-- Params:   $marks JSON list of marks
-- Units:    none
select
    replace(mark::varchar, '-', '') as mark
from
    forgotten_marks
where
    mark in (
        select
            unnest(from_json($marks::json, '["UUID"]'))
    )
order by
    mark
