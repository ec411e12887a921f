-- Schema 17: what a forgotten voice is known by when another source brings it, and how many records of a file were of such.
create table forgotten_marks (mark uuid not null);
comment on table forgotten_marks is '消去した声が、別の取り込み元から来たときに見分けるための、鍵付きハッシュ。声の番号とは結び付かない';
comment on column forgotten_marks.mark is 'Keyed hash of a time and a number, of a time and the words, or of a time and whom to call; in no order';

alter table origins
add column forgotten bigint default 0;
comment on column origins.forgotten is 'Of the skipped records, those of voices that were forgotten';
