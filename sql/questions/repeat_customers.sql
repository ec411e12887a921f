-- Question: which topics did a customer speak ill of this week who had done so before?
-- Grain:    one row per topic
-- Params:   $since, $from, $until  JST calendar dates; earlier [since, from), this period [from, until); $taxonomy
-- Units:    customer_count in customers with a key; voice_ids their voices of this period, newest first, joined by commas
with
    felt as (
        select
            segment_id
        from
            segments
        where
            sentiment = 'negative'
            and received_on >= $since::date
            and received_on < $until::date
    ),
    tagged as (
        select distinct
            segment_topics.voice_id,
            segment_topics.topic
        from
            segment_topics
            semi join felt on felt.segment_id = segment_topics.segment_id
        where
            segment_topics.taxonomy = $taxonomy
    ),
    spoken as (
        select
            tagged.topic,
            tagged.voice_id,
            voices.customer_key,
            voices.received_at,
            voices.received_on >= $from::date as is_new
        from
            tagged
            join voices on voices.voice_id = tagged.voice_id
        where
            voices.customer_key is not null
            and voices.received_on >= $since::date
            and voices.received_on < $until::date
    ),
    again as (
        select
            topic,
            customer_key
        from
            spoken
        group by
            topic,
            customer_key
        having
            bool_or(is_new)
            and count(distinct voice_id) >= 2
    )
select
    spoken.topic,
    count(distinct spoken.customer_key)::integer as customer_count,
    count(*)::integer as voice_count,
    string_agg(
        spoken.voice_id::varchar,
        ','
        order by
            spoken.received_at desc,
            spoken.voice_id
    ) as voice_ids
from
    spoken
    semi join again on again.topic = spoken.topic
    and again.customer_key = spoken.customer_key
where
    spoken.is_new
group by
    spoken.topic
order by
    spoken.topic
