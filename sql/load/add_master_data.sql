-- Question: what do the files of master: say?
-- Grain:    one row per entry
-- Params:   $entries JSON list of entries, fields named as in pipeline/master/master-entry.ts
-- Units:    JST dates
with
    entries as (
        select
            unnest(
                from_json(
                    $entries::json,
                    '[{"kind":"VARCHAR","code":"VARCHAR","name":"VARCHAR","brand":"VARCHAR","line":"VARCHAR","jan":"VARCHAR","area":"VARCHAR","aliases":["VARCHAR"],"soldFrom":"DATE","soldUntil":"DATE"}]'
                )
            ) as e
    )
insert into
    master_data
select
    e.kind,
    e.code,
    e.name,
    e.brand,
    e.line,
    e.jan,
    e.area,
    e.aliases,
    e.soldFrom,
    e.soldUntil
from
    entries
