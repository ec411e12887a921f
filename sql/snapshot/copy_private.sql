-- Question: what does a copy of the whole warehouse have besides what analysts get?
-- Grain:    one row per row of the same table
-- Params:   none; the warehouse is attached as warehouse, the new file as snapshot
-- Units:    as in sql/schema
insert into
    snapshot.vectors by name
from
    warehouse.vectors;

insert into
    snapshot.forgotten_marks by name
from
    warehouse.forgotten_marks
