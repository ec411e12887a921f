-- Question: what is each segment tagged with, besides topics?
-- Grain:    one row per segment
-- Params:   $sure  confidence in [0, 1] from which a report takes the harm that a machine read for sure
-- Units:    tags text that is equal where sentiment, kind, names of emotions, intensity and harm, sure or suspected, are
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
        coalesce(harm::varchar, '-'),
        if (
            harm
            and harm_confidence >= $sure::float,
            'sure',
            '-'
        )
    ) as tags
from
    segments
order by
    segment_id
