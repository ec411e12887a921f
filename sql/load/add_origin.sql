-- Question: what did a batch bring from one source file?
-- Grain:    one row per origin stream
-- Params:   $stream, $file, $source, and the counts to add: $records, $voices, $duplicates, $skipped, $dead_letters
-- Units:    counts in records
merge into origins as o using (
    select
        $stream as origin_stream,
        $file as file,
        $source as source,
        $records::bigint as records,
        $voices::bigint as voices,
        $duplicates::bigint as duplicates,
        $skipped::bigint as skipped,
        $dead_letters::bigint as dead_letters
) as b on o.origin_stream = b.origin_stream when matched then
update
set
    records = o.records + b.records,
    voices = o.voices + b.voices,
    duplicates = o.duplicates + b.duplicates,
    skipped = o.skipped + b.skipped,
    dead_letters = o.dead_letters + b.dead_letters when not matched then insert (
        origin_stream,
        file,
        source,
        records,
        voices,
        duplicates,
        skipped,
        dead_letters
    )
values
    (
        b.origin_stream,
        b.file,
        b.source,
        b.records,
        b.voices,
        b.duplicates,
        b.skipped,
        b.dead_letters
    )
