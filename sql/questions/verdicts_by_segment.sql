-- Question: what is each segment tagged with, besides topics?
-- Grain:    one row per segment
-- Params:   none
-- Units:    tags text that is equal where sentiment, kind, names of emotions, intensity and harm are
select
    segment_id::double as segment_id,
    concat_ws(
        ' ',
        coalesce(sentiment, '-'),
        coalesce(kind, '-'),
        list_sort(
            list_transform(emotions, lambda each: each.emotion)
        ),
        coalesce(intensity::varchar, '-'),
        coalesce(harm::varchar, '-')
    ) as tags
from
    segments
order by
    segment_id
