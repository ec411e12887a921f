-- Schema 21: which of the machine's tags, drawn at random, people found right or wrong. Small: people make its rows.
create table judged_tags (
    judgement_id uuid not null,
    voice_id uuid not null,
    revision_hash varchar not null,
    span_start integer not null,
    span_end integer not null,
    head varchar not null,
    label varchar not null,
    is_right boolean not null,
    confidence double not null,
    head_version varchar not null,
    author varchar not null,
    judged_at timestamptz not null
);
comment on table judged_tags is '無作為に選んだ機械のタグ（推定）を、人が合っているか見たもの。1 行が一つのタグ。見直したものは新しいほうだけ';
comment on column judged_tags.judgement_id is 'この記録の番号';
comment on column judged_tags.voice_id is 'どの声のことか。voices と同じ';
comment on column judged_tags.revision_hash is 'どの版を読んだか。voice_revisions と同じ';
comment on column judged_tags.span_start is '文の始まり。本文の何文字目か。0 から';
comment on column judged_tags.span_end is '文の終わりの次の文字';
comment on column judged_tags.head is 'タグを付けた分類器。sentiment 感情、kind 声の種類、emotion 感情の名前、intensity 気持ちの強さ、harm お体への害、ほかは話題の分類の名前';
comment on column judged_tags.label is '付いていたタグ。segments や segment_topics と同じ記号';
comment on column judged_tags.is_right is 'タグが合っていたか';
comment on column judged_tags.confidence is '校正する前の確信度。0 から 1';
comment on column judged_tags.head_version is '分類器の版（16 進 16 桁）。学習し直すと変わる';
comment on column judged_tags.author is '見た人';
comment on column judged_tags.judged_at is '見た日時';
