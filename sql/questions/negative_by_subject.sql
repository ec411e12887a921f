-- Question: how many voices with something negative did each product (or place) have?
-- Grain:    one row per (period, subject) that has such a voice
-- Params:   $previous_from, $from, $until  JST calendar dates; $kind  'product' or 'place'
-- Units:    voice_count in voices; voice_ids newest first, joined by commas
with
    felt as (
        select distinct
            voice_id
        from
            segments
        where
            sentiment = 'negative'
            and received_on >= $previous_from::date
            and received_on < $until::date
    ),
    named as (
        select
            voices.voice_id,
            voices.received_at,
            case
                when voices.received_on >= $from::date then 'this'
                else 'previous'
            end as period,
            case
                when $kind = 'product' then voices.product
                else voices.place
            end as subject
        from
            named_voices as voices
            semi join felt on felt.voice_id = voices.voice_id
        where
            voices.received_on >= $previous_from::date
            and voices.received_on < $until::date
    )
select
    period,
    subject,
    count(*)::integer as voice_count,
    string_agg(
        voice_id::varchar,
        ','
        order by
            received_at desc,
            voice_id
    ) as voice_ids
from
    named
where
    subject is not null
group by
    period,
    subject
order by
    period,
    subject
