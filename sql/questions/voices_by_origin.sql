-- Question: which source files brought the voices of the period?
-- Grain:    one row per source file with at least one voice in the period
-- Params:   $from, $until  JST calendar dates, half-open
-- Units:    voice_count in voices; voice_ids newest first, joined by commas
with
    brought as (
        select
            origin_stream,
            source,
            count(*)::integer as voice_count,
            string_agg(
                voice_id::varchar,
                ','
                order by
                    received_at desc,
                    voice_id
            ) as voice_ids
        from
            voices
        where
            received_on >= $from::date
            and received_on < $until::date
        group by
            origin_stream,
            source
    )
select
    brought.origin_stream as stream,
    coalesce(origins.file, brought.origin_stream) as file,
    brought.source,
    brought.voice_count,
    brought.voice_ids
from
    brought
    left join origins on origins.origin_stream = brought.origin_stream
order by
    brought.voice_count desc,
    file,
    stream,
    brought.source
