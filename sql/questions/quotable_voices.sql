-- Question: what do the voices of the period say that hold something negative, or praise?
-- Grain:    one row: a JSON list of one object per voice
-- Params:   $from, $until  JST calendar dates, half-open
-- Units:    received_on is a JST calendar date; null customer_key: nobody knows who said it; has_negative: in any of its segments, of a topic or none
with
    quotable as (
        select
            voice_id,
            bool_or(sentiment = 'negative') as has_negative
        from
            segments
        where
            received_on >= $from::date
            and received_on < $until::date
            and may_be_quoted (sentiment, kind)
        group by
            voice_id
    )
select
    coalesce(
        to_json(
            list(
                struct_pack(
                    voice_id := voices.voice_id,
                    received_on := voices.received_on,
                    text := voices.text,
                    place := voices.place,
                    product := voices.product,
                    customer_key := voices.customer_key,
                    has_negative := quotable.has_negative
                )
                order by
                    voices.voice_id
            )
        ),
        '[]'
    )::varchar as answer
from
    named_voices as voices
    join quotable on quotable.voice_id = voices.voice_id
where
    voices.received_on >= $from::date
    and voices.received_on < $until::date
