-- Question: what does each segment say, of which voice, on which topic?
-- Grain:    one row per (segment, taxonomy, topic); one row with null topic for a segment without any
-- Params:   none
-- Units:    polarity in [-1, 1]; confidence in [0, 1]; received_on JST date; intensity 0 to 3;
--           sentiment and kind null where held back (判定保留); emotions surest first
create or replace view tagged_segments as
select
    s.segment_id,
    s.voice_id,
    s.received_on,
    v.source,
    v.place,
    v.product,
    s.text,
    s.sentiment,
    s.polarity,
    s.kind,
    list_transform(s.emotions, lambda each: each.emotion) as emotions,
    s.intensity,
    s.harm,
    g.taxonomy,
    g.topic,
    t.parent_label,
    t.label as topic_label,
    g.confidence,
    g.decided_by,
    if (c.sentiment_tag is null, 'head', 'person') as sentiment_decided_by,
    if (c.kind_tag is null, 'head', 'person') as kind_decided_by
from
    segments as s
    inner join named_voices as v on v.voice_id = s.voice_id
    left join confirmed_segments as c on c.segment_id = s.segment_id
    left join segment_topics as g on g.segment_id = s.segment_id
    left join topics as t on t.taxonomy = g.taxonomy
    and t.topic = g.topic;

comment on view tagged_segments is '文とその話題。1 行が文と話題の一組で、話題のない文は topic が空の 1 行';

comment on column tagged_segments.segment_id is '文の番号。ほかの表の segment_id と同じ';

comment on column tagged_segments.voice_id is 'どの声の文か。voices と同じ';

comment on column tagged_segments.received_on is '受付日（日本時間）。voices.received_on の写し';

comment on column tagged_segments.source is '取り込み元の名前。説明（YAML）の name';

comment on column tagged_segments.place is '店舗・場所。台帳にあれば台帳の名前';

comment on column tagged_segments.product is '商品。台帳にあれば台帳の名前';

comment on column tagged_segments.text is '文の言葉';

comment on column tagged_segments.sentiment is '感情。negative 否定的、neutral 中立、positive 肯定的。空は判定保留';

comment on column tagged_segments.polarity is '極性。-1（否定的）から 1（肯定的）。肯定的である確率から否定的である確率を引いたもの。判定保留のときにもある';

comment on column tagged_segments.kind is '声の種類。complaint ご指摘、request ご要望、question お問い合わせ、praise お褒め、other その他。空は判定保留';

comment on column tagged_segments.emotions is '感情の名前の一覧（推定）。怒り、失望、不安、嫌悪、悲しみ、喜び、感謝、驚き、期待。確かな順';

comment on column tagged_segments.intensity is '気持ちの強さ（推定）。0（なし）から 3（きわめて強い）。空は決められないもの';

comment on column tagged_segments.harm is 'お体への害を訴えるか（推定）。空は、これを調べなかった世代 1 の声';

comment on column tagged_segments.taxonomy is '話題の分類の名前。話題がなければ空';

comment on column tagged_segments.topic is '話題の記号。話題がなければ空';

comment on column tagged_segments.parent_label is '上の話題の名前';

comment on column tagged_segments.topic_label is '話題の名前';

comment on column tagged_segments.confidence is '話題の確信度。0 から 1';

comment on column tagged_segments.decided_by is '何が付けたか。head 分類器（推定）、rule 言葉の決まり（推定）、person 人（確認済）';

comment on column tagged_segments.sentiment_decided_by is '何が感情を決めたか。head 分類器（推定）、person 人（確認済）';

comment on column tagged_segments.kind_decided_by is '何が声の種類を決めたか。head 分類器（推定）、person 人（確認済）';
