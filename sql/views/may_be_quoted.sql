-- Question: may a segment stand as a quote?
-- Grain:    one value for a segment
-- Params:   none
-- Units:    true for what is negative, and for what is praised
create or replace macro may_be_quoted (its_sentiment, its_kind) as (
    its_sentiment = 'negative'
    or (
        its_sentiment = 'positive'
        and its_kind = 'praise'
    )
)
