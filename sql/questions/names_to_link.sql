-- Question: which names in the cells of voices are linked to nothing yet?
-- Grain:    one row per (kind, name)
-- Params:   none
-- Units:    none
with
    written as (
        select distinct
            'product' as kind,
            product as written
        from
            voices
        where
            product is not null
        union all
        select distinct
            'store' as kind,
            place as written
        from
            voices
        where
            place is not null
    )
select
    w.kind,
    w.written
from
    written as w
    anti join written_names as n on n.kind = w.kind
    and n.written = w.written
order by
    w.kind,
    w.written
