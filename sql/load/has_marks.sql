-- Question: is there any forgotten voice that another source may bring again?
-- Grain:    one row
-- Params:   none
-- Units:    none
select
    exists (
        select
            1
        from
            forgotten_marks
    ) as has_marks
