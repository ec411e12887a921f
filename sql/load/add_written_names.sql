-- Question: which names in cells mean which product or store?
-- Grain:    one row per (kind, name, days)
-- Params:   $names JSON list of (kind, written, code, validFrom, validUntil)
-- Units:    JST dates, both included
with
    names as (
        select
            unnest(
                from_json(
                    $names::json,
                    '[{"kind":"VARCHAR","written":"VARCHAR","code":"VARCHAR","validFrom":"DATE","validUntil":"DATE"}]'
                )
            ) as n
    )
insert into
    written_names
select
    n.kind,
    n.written,
    n.code,
    n.validFrom,
    n.validUntil
from
    names
