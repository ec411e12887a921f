-- Question: what is one part of a report's value that several records carry?
-- Grain:    one row per (report_id, part); a second load of the same action changes nothing
-- Params:   $report_id uuid as text, $part from 0, $text
-- Units:    none
insert into
    report_parts (report_id, part, text)
select
    $report_id::uuid,
    $part::integer,
    $text
where
    not exists (
        select
            1
        from
            report_parts
        where
            report_id = $report_id::uuid
            and part = $part::integer
    )
