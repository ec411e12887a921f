-- Schema 19: what a forgotten voice is known by when another source brings it, and how many records of a file were of such.
create table forgotten_marks (mark uuid not null);
comment on table forgotten_marks is '消去した声が、別の取り込み元から来たときに見分けるための、鍵付きハッシュ。声の番号とは結び付かない';
comment on column forgotten_marks.mark is '鍵付きハッシュ。日時と受付番号、日時と本文、または日時と連絡先から。並びに意味はない';

alter table origins
add column forgotten bigint default 0;
comment on column origins.forgotten is '飛ばした記録のうち、消去した声のもの';
