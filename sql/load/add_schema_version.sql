-- Question: which schema file was just applied?
-- Grain:    one row
-- Params:   $file
-- Units:    none
insert into
    schema_versions (file)
values
    ($file)
