-- Question: where do the segments wait that a person said something of?
-- Grain:    one row per segment
-- Params:   $segments JSON list of what a person said, and which person_tags said it
-- Units:    null sentiment or kind: nobody said any; polarity that of the sentiment
create or replace temporary table laid_segments as
select
    unnest(
        from_json(
            $segments::json,
            '[{"segment_id":"BIGINT","voice_id":"UUID","sentiment":"VARCHAR","polarity":"FLOAT","sentiment_tag":"UUID","kind":"VARCHAR","kind_tag":"UUID","topics":[{"taxonomy":"VARCHAR","tag_id":"UUID","topics":["VARCHAR"]}]}]'
        ),
        max_depth := 2
    )
