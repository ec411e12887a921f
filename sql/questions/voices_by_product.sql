-- Question: how many voices had each product in the period and in the one before it, and how many of them hold something negative?
-- Grain:    one row per product that is named in either period
-- Params:   $previous_from, $from, $until  JST calendar dates; previous [previous_from, from), this [from, until); $newest  how many ids
-- Units:    counts in voices; negative_count of the period; voice_ids the newest of those, newest first, joined by commas
with
    felt as (
        select distinct
            voice_id
        from
            segments
        where
            sentiment = 'negative'
            and received_on >= $from::date
            and received_on < $until::date
    ),
    named as (
        select
            voices.product,
            voices.voice_id,
            voices.received_on >= $from::date as is_this,
            felt.voice_id is not null as is_negative,
            case
                when felt.voice_id is not null then row_number() over (
                    partition by
                        voices.product,
                        felt.voice_id is not null
                    order by
                        voices.received_at desc,
                        voices.voice_id
                )
            end as nth
        from
            named_voices as voices
            left join felt on felt.voice_id = voices.voice_id
        where
            voices.received_on >= $previous_from::date
            and voices.received_on < $until::date
            and voices.product is not null
    )
select
    product,
    count_if(is_this)::integer as this_count,
    count_if(not is_this)::integer as previous_count,
    count_if(is_negative)::integer as negative_count,
    string_agg(
        voice_id::varchar,
        ','
        order by
            nth
    ) filter(nth <= $newest::integer) as voice_ids
from
    named
group by
    product
order by
    product
