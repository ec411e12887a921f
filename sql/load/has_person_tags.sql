-- Question: did anybody say anything of any tag?
-- Grain:    one row
-- Params:   none
-- Units:    none
select
    exists (
        select
            1
        from
            person_tags
    ) as has_tags
