-- Question: which dead letters are there?
-- Grain:    one row per dead letter
-- Params:   $ids JSON list of the ids below; $reason; $file; $from, $until JST calendar dates, half-open: letters of the
--           files that brought voices of these days (of all files where none did); each null where it does not matter;
--           $with_discarded whether to show those that a person discarded
-- Units:    tries from 1; instants in ISO, UTC
with
    in_period as (
        select distinct
            origin_stream
        from
            voices
        where
            received_on >= $from::date
            and received_on < $until::date
    ),
    letters as (
        select
            *,
            left(md5(origin_stream), 8) || '-' || origin_offset as id
        from
            dead_letters
    )
select
    id,
    origin_stream,
    origin_offset::double as origin_offset,
    coalesce(source, '') as source,
    file,
    origin_row::double as origin_row,
    column_name,
    step,
    reason,
    epoch,
    tries,
    strftime(dead_at at time zone 'UTC', '%Y-%m-%dT%H:%M:%SZ') as dead_at,
    strftime(
        last_tried_at at time zone 'UTC',
        '%Y-%m-%dT%H:%M:%SZ'
    ) as last_tried_at,
    strftime(
        discarded_at at time zone 'UTC',
        '%Y-%m-%dT%H:%M:%SZ'
    ) as discarded_at,
    discarded_by,
    discard_reason
from
    letters
where
    (
        $ids::varchar is null
        or list_contains(from_json($ids::json, '["VARCHAR"]'), id)
    )
    and (
        $reason::varchar is null
        or reason = $reason::varchar
    )
    and (
        $file::varchar is null
        or file = $file::varchar
    )
    and (
        $from::date is null
        or origin_stream in (
            select
                origin_stream
            from
                in_period
        )
        or not exists (
            select
                origin_stream
            from
                in_period
        )
    )
    and (
        $with_discarded::boolean
        or discarded_at is null
    )
order by
    file,
    origin_row,
    origin_stream,
    origin_offset
