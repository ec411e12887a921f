-- Question: which parts are no longer needed?
-- Grain:    one row per part
-- Params:   $report_id uuid as text
-- Units:    none
delete from report_parts
where
    report_id = $report_id::uuid
