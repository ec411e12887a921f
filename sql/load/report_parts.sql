-- Question: what is a report's value, put together of its parts?
-- Grain:    one row
-- Params:   $report_id uuid as text
-- Units:    parts in records; value JSON text
select
    count(*)::integer as parts,
    coalesce(
        string_agg(
            text,
            ''
            order by
                part
        ),
        ''
    ) as value
from
    report_parts
where
    report_id = $report_id::uuid
