-- Schema 2: emotions, intensity and bodily harm; a sentiment or a kind that no label is sure enough of is null (判定保留).
-- New columns stand at the end of their tables: the appender goes by position. The one with a default comes last:
-- DuckDB 1.5 cannot commit another change of a table that holds rows behind it.
alter table segments
alter column sentiment
drop not null;
alter table segments
alter column kind
drop not null;
alter table segments
add column intensity integer;
alter table segments
add column intensity_confidence float;
alter table segments
add column harm boolean;
alter table segments
add column harm_confidence float;
alter table segments
add column emotions struct (emotion varchar, confidence float) [] default [];
alter table voices
alter column kind
drop not null;
alter table voices
add column intensity integer;
alter table voices
add column harm boolean;
alter table voices
add column emotions struct (emotion varchar, confidence float) [] default [];
comment on column segments.sentiment is '推定: negative, neutral or positive; null (判定保留) where none is sure enough';
comment on column segments.sentiment_confidence is 'Calibrated probability in [0, 1] of the likeliest sentiment, also where it is held back';
comment on column segments.polarity is '推定: in [-1, 1], probability of positive minus that of negative; said also where sentiment is null';
comment on column segments.kind is '推定: complaint, request, question, praise or other; null (判定保留) where none is sure enough';
comment on column segments.kind_confidence is 'Calibrated probability in [0, 1] of the likeliest kind, also where it is held back';
comment on column segments.emotions is '推定: list of emotion (怒り, 失望, 不安, 嫌悪, 悲しみ, 喜び, 感謝, 驚き, 期待) and calibrated probability, surest first; see the view segment_emotions';
comment on column segments.intensity is '推定: strength of the feeling, 0 (none) to 3 (at its utmost); null where no level is sure enough, and in epoch 1';
comment on column segments.intensity_confidence is 'Calibrated probability in [0, 1] of that level; null where intensity is';
comment on column segments.harm is '推定: whether it tells of bodily harm; null in epoch 1, which did not look';
comment on column segments.harm_confidence is 'Calibrated probability in [0, 1] that it tells of bodily harm';
comment on column voices.polarity is '推定: in [-1, 1], mean of the segments'' polarities, each weighed by its own distance from 0';
comment on column voices.kind is '推定: complaint, request, question, praise or other, derived from the segments; null (判定保留) where only undecided ones are left';
comment on column voices.emotions is '推定: the segments'' emotions, each with its highest probability, surest first';
comment on column voices.intensity is '推定: highest intensity of the segments, 0 to 3; null where none has one';
comment on column voices.harm is '推定: whether any segment tells of bodily harm; null in epoch 1, which did not look';
