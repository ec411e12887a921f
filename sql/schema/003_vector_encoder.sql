-- Schema 3: which encoder made each vector. Until now there was one only.
alter table vectors add column encoder varchar;
update vectors set encoder = 'f77ece30975747e8a9c7192b2a1c002f9e16572e973a1e8eed65943a7abe32a9';
comment on column vectors.vector is 'Signed bytes: a direction, without scale; what the heads score. As many as its encoder has dimensions';
comment on column vectors.encoder is 'SHA-256 of the ONNX file of the encoder that made it; heads of another encoder must not score it';
