-- Question: which names in cells do most voices have that the tables do not know?
-- Grain:    one row per (kind, name), of kinds that have a table
-- Params:   $limit rows
-- Units:    none
with
    written as (
        select
            'product' as kind,
            product as written
        from
            named_voices
        where
            product_code is null
        union all
        select
            'store' as kind,
            place as written
        from
            named_voices
        where
            store_code is null
    ),
    kinds as (
        select distinct
            kind
        from
            master_data
    )
select
    w.kind,
    w.written
from
    written as w
    semi join kinds as k on k.kind = w.kind
where
    w.written is not null
group by
    w.kind,
    w.written
order by
    count(*) desc,
    w.kind,
    w.written
limit
    $limit::integer
