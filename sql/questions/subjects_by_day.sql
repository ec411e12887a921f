-- Question: how many voices had each product (else place, else nothing) that is spoken of on a day, on that day and on those before?
-- Grain:    one row per (subject_kind, subject, received_on) that has a voice
-- Params:   $since, $from, $until  JST calendar dates; the day [from, until), those before it [since, from)
-- Units:    subject empty and subject_kind 'none' of voices that name neither; voice_count in voices; voice_ids newest first, empty for the days before
with
    spoken as (
        select
            voice_id,
            received_at,
            received_on,
            coalesce(product, place, '') as subject,
            case
                when product is not null then 'product'
                when place is not null then 'place'
                else 'none'
            end as subject_kind
        from
            named_voices
        where
            received_on >= $since::date
            and received_on < $until::date
    ),
    own as (
        select distinct
            subject_kind,
            subject
        from
            spoken
        where
            received_on >= $from::date
    )
select
    spoken.subject_kind,
    spoken.subject,
    spoken.received_on::varchar as received_on,
    count(*)::integer as voice_count,
    coalesce(
        list(
            spoken.voice_id::varchar
            order by
                spoken.received_at desc,
                spoken.voice_id
        ) filter(spoken.received_on >= $from::date),
        []
    ) as voice_ids
from
    spoken
    semi join own on own.subject_kind = spoken.subject_kind
    and own.subject = spoken.subject
group by
    spoken.subject_kind,
    spoken.subject,
    spoken.received_on
order by
    spoken.subject_kind,
    spoken.subject,
    spoken.received_on
