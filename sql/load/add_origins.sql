-- Question: what did a batch bring from each of its source files?
-- Grain:    one row per origin stream
-- Params:   $origins JSON list of (stream, file, source) with the counts to add
-- Units:    counts in records
merge into origins as o using (
    select
        unnest(
            from_json(
                $origins::json,
                '[{"stream":"VARCHAR","file":"VARCHAR","source":"VARCHAR","records":"BIGINT","voices":"BIGINT","duplicates":"BIGINT","skipped":"BIGINT","forgotten":"BIGINT","dead_letters":"BIGINT"}]'
            ),
            recursive := true
        )
) as b on o.origin_stream = b.stream when matched then
update
set
    records = o.records + b.records,
    voices = o.voices + b.voices,
    duplicates = o.duplicates + b.duplicates,
    skipped = o.skipped + b.skipped,
    forgotten = o.forgotten + b.forgotten,
    dead_letters = o.dead_letters + b.dead_letters when not matched then insert (
        origin_stream,
        file,
        source,
        records,
        voices,
        duplicates,
        skipped,
        forgotten,
        dead_letters
    )
values
    (
        b.stream,
        b.file,
        b.source,
        b.records,
        b.voices,
        b.duplicates,
        b.skipped,
        b.forgotten,
        b.dead_letters
    )
