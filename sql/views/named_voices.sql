-- Question: what does each voice say of which product and store, called as the company calls them?
-- Grain:    one row per voice
-- Params:   none
-- Units:    as in voices; product and place as the source names them where master_data knows no such name, their codes null
create or replace view named_voices as
select
    v.* replace(
        coalesce(p.name, v.product) as product,
        coalesce(s.name, v.place) as place
    ),
    p.code as product_code,
    s.code as store_code
from
    voices as v
    left join written_names as wp on wp.kind = 'product'
    and wp.written = v.product
    and v.received_on >= coalesce(wp.valid_from, v.received_on)
    and v.received_on <= coalesce(wp.valid_until, v.received_on)
    left join master_data as p on p.kind = 'product'
    and p.code = wp.code
    left join written_names as ws on ws.kind = 'store'
    and ws.written = v.place
    left join master_data as s on s.kind = 'store'
    and s.code = ws.code;

comment on view named_voices is '声。voices と同じで、商品と店舗は会社の呼び名。1 行が 1 件';

comment on column named_voices.voice_id is '声の番号（UUID）。取り込み元の名前とその受付番号から決まり、同じ声は取り込み直しても同じ番号になる';

comment on column named_voices.revision is '版。1 から。同じ番号の声の言葉や属性が変わって届くと増える';

comment on column named_voices.epoch is 'この声を処理した仕組みの世代。モデル、伏せ字、文の切り方が変わると増える';

comment on column named_voices.source is '取り込み元の名前。説明（YAML）の name';

comment on column named_voices.source_id is '元のシステムの受付番号。なければ空';

comment on column named_voices.channel is '声の届いた方法。phone 電話、mail メール、web フォーム、letter 手紙、social 口コミ・SNS、survey アンケート、other その他';

comment on column named_voices.received_at is '受付日時。日付しかない声はその日の 0 時（日本時間）';

comment on column named_voices.received_precision is '受付日時の細かさ。instant 時刻まで、date 日付だけ';

comment on column named_voices.received_on is '受付日（日本時間）';

comment on column named_voices.rating is 'お客様の付けた評価。単位は元の列のまま';

comment on column named_voices.product is '商品。台帳にあれば台帳の名前';

comment on column named_voices.place is '店舗・場所。台帳にあれば台帳の名前';

comment on column named_voices.lot is 'ロットの番号。元のファイルに書かれたまま';

comment on column named_voices.customer_key is 'お客様番号を暗号にしたもの（16 進 16 桁）。同じ取り込み元の同じお客様は同じ値';

comment on column named_voices.attributes is '属性。ほかに残した列の名前と値（JSON）';

comment on column named_voices.text is '本文。危ない文字を除き、表記をそろえ、個人の情報を伏せたお客様の言葉';

comment on column named_voices.mask_count is '伏せた箇所の数';

comment on column named_voices.sentiment is '感情（推定）。negative 否定的、neutral 中立、positive 肯定的。文の感情から決まる。空は判定保留';

comment on column named_voices.polarity is '極性（推定）。-1（否定的）から 1（肯定的）。文の極性を、0 から離れているほど重く数えた平均';

comment on column named_voices.kind is '声の種類（推定）。complaint ご指摘、request ご要望、question お問い合わせ、praise お褒め、other その他。文の種類から決まる。空は判定保留';

comment on column named_voices.segment_count is '文の数。「特になし」のように何も言っていない声は 0';

comment on column named_voices.origin_stream is '元の記録の流れ。origins の origin_stream と同じ';

comment on column named_voices.origin_offset is 'その流れの中の記録の番号。0 から';

comment on column named_voices.origin_row is '元のファイルの行。1 から';

comment on column named_voices.intensity is '気持ちの強さ（推定）。0（なし）から 3（きわめて強い）。文の中で最も強いもの。空は決められないもの';

comment on column named_voices.harm is 'お体への害を訴える文があるか（推定）。空は、これを調べなかった世代 1 の声';

comment on column named_voices.emotions is '感情の名前（推定）と確信度の一覧。文のどれかにあるもの。確かな順';

comment on column named_voices.product_code is '台帳の商品コード。台帳になければ空';

comment on column named_voices.store_code is '台帳の店舗コード。台帳になければ空';
