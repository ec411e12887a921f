-- Question: which emotions does each segment show?
-- Grain:    one row per (segment, emotion); a segment without an emotion has no row
-- Params:   none
-- Units:    confidence a calibrated probability in [0, 1]; received_on JST date
create or replace view segment_emotions as
select
    segment_id,
    voice_id,
    received_on,
    text,
    intensity,
    unnest(emotions).emotion as emotion,
    unnest(emotions).confidence as confidence
from
    segments;

comment on view segment_emotions is '文に表れた感情の名前。1 行が文と感情の一組で、感情のない文はない';

comment on column segment_emotions.segment_id is '文の番号。ほかの表の segment_id と同じ';

comment on column segment_emotions.voice_id is 'どの声の文か。voices と同じ';

comment on column segment_emotions.received_on is '受付日（日本時間）。voices.received_on の写し';

comment on column segment_emotions.text is '文の言葉';

comment on column segment_emotions.intensity is '気持ちの強さ（推定）。0（なし）から 3（きわめて強い）。空は決められないもの';

comment on column segment_emotions.emotion is '感情の名前（推定）。怒り、失望、不安、嫌悪、悲しみ、喜び、感謝、驚き、期待';

comment on column segment_emotions.confidence is 'その感情の確信度。0 から 1';
