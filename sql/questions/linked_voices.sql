-- Question: how many voices are linked with products and stores?
-- Grain:    one row
-- Params:   none
-- Units:    voices
select
    (
        select
            count(product_code)
        from
            named_voices
    )::integer as "productVoices",
    (
        select
            count(store_code)
        from
            named_voices
    )::integer as "storeVoices",
    (
        select
            count(distinct voice_id)
        from
            product_mentions
    )::integer as "mentioningVoices"
