-- Schema 20: what people said of the tags of segments, which segments and voices that holds for with the machine's word
-- set aside, and which 気づき were withdrawn. Small tables: people make their rows.
create table person_tags (
    tag_id uuid not null,
    voice_id uuid not null,
    position integer not null,
    revision_hash varchar not null,
    span_start integer not null,
    span_end integer not null,
    text_hash varchar not null,
    words_hash varchar not null,
    step varchar not null,
    sentiment varchar,
    kind varchar,
    topics struct (taxonomy varchar, topics varchar[]) [] not null,
    author varchar not null,
    said_at timestamptz not null,
    state varchar not null
);
comment on table person_tags is '人がタグについて言ったこと。1 行が 1 回';
comment on column person_tags.tag_id is 'この記録の番号';
comment on column person_tags.voice_id is 'どの声のことか。voices と同じ';
comment on column person_tags.position is 'その声について言われた順。0 から';
comment on column person_tags.revision_hash is 'どの版を読んで言ったか。voice_revisions と同じ';
comment on column person_tags.span_start is '文の始まり。本文の何文字目か。0 から';
comment on column person_tags.span_end is '文の終わりの次の文字';
comment on column person_tags.text_hash is '言ったときの本文のハッシュ';
comment on column person_tags.words_hash is '言ったときの文の言葉のハッシュ。伏せた所（【】）の中は数えない';
comment on column person_tags.step is 'fix 直した、confirm 機械のとおりと確かめた、undo 取り消して機械に戻した';
comment on column person_tags.sentiment is '感情。negative 否定的、neutral 中立、positive 肯定的。空は何も言っていない';
comment on column person_tags.kind is '声の種類。complaint ご指摘、request ご要望、question お問い合わせ、praise お褒め、other その他。空は何も言っていない';
comment on column person_tags.topics is '分類ごとの話題の記号の一覧。話題の一覧が空の分類は、話題がないと言ったもの。一覧にない分類は何も言っていない';
comment on column person_tags.author is '言った人';
comment on column person_tags.said_at is '言った日時';
comment on column person_tags.state is '効いているか。standing 効いている、replaced あとのことばに替わった、undone 取り消された、no-segment 文の切れ目か伏せ方が変わって当てはまる文がない、other-words 声の言葉が改められた、no-voice 声がまだない';

create table confirmed_segments (
    segment_id bigint not null,
    voice_id uuid not null,
    sentiment_tag uuid,
    kind_tag uuid,
    topic_tags struct (taxonomy varchar, tag_id uuid) [] not null,
    machine_sentiment varchar,
    machine_sentiment_confidence float not null,
    machine_polarity float not null,
    machine_kind varchar,
    machine_kind_confidence float not null,
    machine_topics struct (
        taxonomy varchar,
        topic varchar,
        confidence float,
        decided_by varchar,
        why varchar[],
        epoch integer
    ) [] not null
);
comment on table confirmed_segments is '人のことばが効いている文と、その文についての機械の推定。segments と segment_topics には人のことばがある';
comment on column confirmed_segments.segment_id is '文の番号。segments と同じ';
comment on column confirmed_segments.voice_id is '声の番号。voices と同じ';
comment on column confirmed_segments.sentiment_tag is '感情を決めた person_tags の番号。空は機械の推定のまま';
comment on column confirmed_segments.kind_tag is '声の種類を決めた person_tags の番号。空は機械の推定のまま';
comment on column confirmed_segments.topic_tags is '人が話題を決めた分類と、person_tags の番号';
comment on column confirmed_segments.machine_sentiment is '感情（推定）。機械の読んだもの。空は判定保留';
comment on column confirmed_segments.machine_sentiment_confidence is '機械の感情の確信度。0 から 1';
comment on column confirmed_segments.machine_polarity is '極性（推定）。機械の読んだもの';
comment on column confirmed_segments.machine_kind is '声の種類（推定）。機械の読んだもの。空は判定保留';
comment on column confirmed_segments.machine_kind_confidence is '機械の声の種類の確信度。0 から 1';
comment on column confirmed_segments.machine_topics is '話題（推定）。人が話題を決めた分類で、機械の付けたもの';

create table confirmed_voices (
    voice_id uuid not null,
    machine_sentiment varchar not null,
    machine_polarity double not null,
    machine_kind varchar
);
comment on table confirmed_voices is '人のことばが効いている文を持つ声と、その声についての機械の推定。voices には人のことばから決め直したものがある';
comment on column confirmed_voices.voice_id is '声の番号。voices と同じ';
comment on column confirmed_voices.machine_sentiment is '感情（推定）。機械の読んだものから決まる';
comment on column confirmed_voices.machine_polarity is '極性（推定）。機械の読んだものから決まる';
comment on column confirmed_voices.machine_kind is '声の種類（推定）。機械の読んだものから決まる。空は判定保留';

create table awareness_withdrawals (
    withdrawal_id uuid not null,
    awareness_id uuid not null,
    voice_id uuid not null,
    author varchar not null,
    reason varchar not null,
    withdrawn_at timestamptz not null
);
comment on table awareness_withdrawals is '取り下げられた気づき';
comment on column awareness_withdrawals.withdrawal_id is 'この記録の番号';
comment on column awareness_withdrawals.awareness_id is 'どの気づきのことか。awareness と同じ';
comment on column awareness_withdrawals.voice_id is 'どの声のことか。voices と同じ';
comment on column awareness_withdrawals.author is '取り下げた人。気づきを書いた人';
comment on column awareness_withdrawals.reason is 'なぜ取り下げるか';
comment on column awareness_withdrawals.withdrawn_at is '取り下げた日時';

comment on column segments.sentiment is '感情。推定、または人が確かめたもの（confirmed_segments の sentiment_tag があるとき）。negative 否定的、neutral 中立、positive 肯定的。空は判定保留';
comment on column segments.sentiment_confidence is 'いちばんありそうな感情の確信度。0 から 1。判定保留のときにもある。人が確かめたものは 1';
comment on column segments.polarity is '極性。-1（否定的）から 1（肯定的）。肯定的である確率から否定的である確率を引いたもの。判定保留のときにもある。人が感情を確かめた文は -1、0、1';
comment on column segments.kind is '声の種類。推定、または人が確かめたもの（confirmed_segments の kind_tag があるとき）。complaint ご指摘、request ご要望、question お問い合わせ、praise お褒め、other その他。空は判定保留';
comment on column segments.kind_confidence is 'いちばんありそうな種類の確信度。0 から 1。判定保留のときにもある。人が確かめたものは 1';
