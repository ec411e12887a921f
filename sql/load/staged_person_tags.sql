-- Question: what did people say of the staged voices' tags, and of the words that stand there now?
-- Grain:    one row per action, in the order they were said in
-- Params:   none; reads the temporary table staged_ids
-- Units:    spans in code points of the voice's text; topics JSON list of (taxonomy, topics); is_of_now null where the voice
--           is not there; is_as_read whether its text is to the letter what the person read
select
    t.tag_id::varchar as tag_id,
    t.voice_id::varchar as voice_id,
    t.span_start,
    t.span_end,
    t.text_hash,
    t.words_hash,
    t.step,
    t.sentiment,
    t.kind,
    to_json(t.topics)::varchar as topics,
    case
        when v.voice_id is not null then coalesce(
            r.revision = v.revision
            or r.text = v.text,
            false
        )
    end as is_of_now,
    coalesce(t.text_hash = left(sha256(v.text), 16), false) as is_as_read
from
    person_tags as t
    semi join staged_ids on staged_ids.voice_id = t.voice_id
    left join voices as v on v.voice_id = t.voice_id
    left join voice_revisions as r on r.voice_id = t.voice_id
    and r.revision_hash = t.revision_hash
order by
    t.voice_id,
    t.position
