import { personColumn } from "../../text/mask/person-column.ts";
import { normalizeValue } from "../source.ts";

/** Names that columns of Japanese exports go by, the surest first, as `foldColumnName` spells them. */
const ROLE_WORDS = {
  id: "id 受付番号 受付no 受付id 回答id 回答番号 管理番号 問合せ番号 問い合わせ番号 お問い合わせ番号 問合番号 お問合せ番号 お問合番号 問合no 問合せno 問い合わせno 問合id 問合せid 問い合わせid 照会番号 申出番号 案件番号 整理番号 受電番号 入電番号 通話番号 通話id コールid レビューid レビュー番号 口コミid 投稿id 投稿番号 メールid messageid tweetid postid reviewid 番号 no 連番 voiceid responseid ticketid",
  receivedAt:
    "受付日時 受信日時 受領日時 入電日時 回答日時 投稿日時 登録日時 送信日時 受電日時 着信日時 通話日時 お問い合わせ日時 問い合わせ日時 レビュー日時 受付日 受信日 受領日 入電日 受電日 着信日 通話日 お問い合わせ日 問い合わせ日 レビュー日 回答日 投稿日 登録日 receivedat receiveddate submittedat answeredat sentat postedat createdat タイムスタンプ timestamp 日時 日付 年月日 datetime date",
  time: "受付時刻 受付時間 入電時刻 入電時間 受電時刻 受電時間 着信時刻 通話時刻 通話開始時刻 受信時刻 投稿時刻 時刻 時間 time",
  rating: "評価 満足度 総合評価 総合満足度 評点 点数 星 rating score satisfaction stars",
  product: "商品名 商品 製品名 製品 品名 対象商品 購入商品 ご購入商品 product productname item",
  place:
    "店舗名 店舗 店名 購入店舗 購入店舗名 ご購入店舗 購入店 購入店名 ご購入店 購入場所 ご購入場所 購入先 販売店 販売店名 利用店舗 ご利用店舗 来店店舗 施設名 施設 宿泊施設 宿泊施設名 ご利用施設 利用施設 ホテル名 ホテル 旅館名 旅館 宿名 宿 場所 拠点 営業所 エリア place store storename shop facility location",
  lot: "ロット ロット番号 ロットno 製造ロット 製造番号 lot lotno lotnumber",
  customerKey:
    "顧客番号 顧客id 会員番号 会員id お客様番号 お客様id 顧客コード customerid customerno customer memberid",
  channel:
    "チャネル チャンネル 受付方法 受付経路 受付チャネル 受付区分 受付手段 受付媒体 媒体 経路 入電経路 問い合わせ方法 お問い合わせ方法 問い合わせ経路 お問い合わせ経路 連絡方法 連絡手段 回答方法 申出方法 channel",
} as const;

/** One spelling of a column's name: NFKC, lower case, without spaces and signs. */
export function foldColumnName(column: string): string {
  return normalizeValue(column)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** @returns the columns that may play a role, the surest first */
export function columnsFor(role: keyof typeof ROLE_WORDS, columns: readonly string[]): string[] {
  return ROLE_WORDS[role]
    .split(" ")
    .flatMap((word) => columns.filter((column) => foldColumnName(column) === word));
}

/** Whether a column's name promises no more than a count of the rows, which begins anew in each export. */
export function isRunningNumber(column: string): boolean {
  return /^(?:番号|no|連番)$/.test(foldColumnName(column));
}

/** Whether a column's name is that of a mail's sender. */
export function isSenderName(column: string): boolean {
  return /^(?:from|sender|fromaddress|差出人|送信者|送信元|発信者)(?:アドレス|メールアドレス|address|email)?$/.test(
    foldColumnName(column),
  );
}

/** Whether a column's name says that the desk's own words stand there, however long they are. */
export function isStaffName(column: string): boolean {
  return STAFF_NAMES.test(foldColumnName(column));
}

/** Whether a column's name promises the customer's own words. Staff's words (対応内容) are none. */
export function isVerbatimName(column: string): boolean {
  const name = foldColumnName(column);
  if (namesBothSides(column)) return true;
  return VERBATIM_NAMES.test(name) && !STAFF_NAMES.test(name) && !isTitle(column);
}

/** Whether a column's name says that the customer's words and the desk's share its cells: 「お申し出・対応内容」. */
export function namesBothSides(column: string): boolean {
  return BOTH_SIDES.test(normalizeValue(column).replace(/\s/g, ""));
}

/** Without a sign between, 「お申し出対応」 is the desk's alone. */
const BOTH_SIDES =
  /^(?:お客様の)?(?:お|ご|御)?(?:申し?出|相談|問い?合わ?せ|苦情|指摘|意見|要望|質問|声|内容)(?:内容|事項)?(?:[・･/、,&+＆]|と|及び|および|並びに)(?:お|ご|御)?(?:対応|応対|回答|返答|処置|処理)(?:内容|結果|経過|記録|状況)?$/;

/** Whether a column's name says that a line stands there which sums the words up. */
export function isTitle(column: string): boolean {
  return /件名|タイトル|題名|subject|title|headline/.test(foldColumnName(column));
}

const VERBATIM_NAMES =
  /本文$|(?:通話|電話|受電|入電|受付|投稿|レビュー|口コミ|クチコミ|ツイート|メール|苦情|指摘|用件|聴取|聞き取り)内容$|^(?:内容|ツイート|ポスト|tweet|post|fulltext|詳細|本文|原文|声|お?客様の声|感想|理由|メッセージ|口コミ|クチコミ|レビュー|text|verbatim|body|message|review|feedback|content|comments?)$|申し?出|自由記述|自由回答|自由記入|自由にお|フリーアンサー|ご?意見|ご感想|コメント|問い?合わ?せ(?:内容|事項)|相談内容|良かった点|よかった点|悪かった点|改善(?:点|して)|(?:した|った|いた|ない|いる|たい)点$|お?気づき|ご?要望|お聞かせ|お書き|ご記入|ご記載|freetext|comment/;
const STAFF_NAMES =
  /対応|回答内容|返信|処理|処置|社内|担当|要約|分類|区分|種別|コード|番号|日時?$|方法|経路|有無/;

/** Whether a column's name says that it identifies a person: it is never kept by guess. */
export function isPersonalName(column: string): boolean {
  const name = foldColumnName(column);
  if (/商品|製品|店舗|施設/.test(name)) return false;
  return PERSONAL_NAMES.test(name) || personColumn(column) !== undefined;
}

const PERSONAL_NAMES =
  /氏名|名前|姓名|^姓$|^名$|フリガナ|ふりがな|^カナ|カナ$|お客様名|顧客名|会員名|担当者|オペレーター?|電話|携帯|^tel|fax|連絡先|メール|mail|住所|番地|郵便|zip|postal|address|生年月日|誕生日|birth|^name|(?:first|last|full|user|customer|contact|sur)name|phone|mobile|^ip|author|screen_?name|handle|投稿者|投稿した人|書いた人|^user$|ユーザー|アカウント|ハンドル|ニックネーム|マイナンバー|クレジット|口座/;

/** Whether cells look like mail addresses, telephone numbers or postal codes, whatever their column is called. */
export function looksPersonal(cells: readonly string[]): boolean {
  // A long run of letters would make the pattern for addresses slow.
  const written = cells.map((cell) => normalizeValue(cell.slice(0, 200))).filter(Boolean);
  const hits = written.filter((cell) => PERSONAL_CELL.test(cell)).length;
  return hits > 0 && hits >= written.length * 0.1;
}

export const TELEPHONE_CELL = /^\(?0\d{1,4}\)?[-‐–― ]?\d{1,4}[-‐–― ]?\d{3,4}$/;
export const ADDRESS_CELL = /^(?:東京都|北海道|(?:大阪|京都)府|.{2,3}県).{1,12}[市区町村].*\d/;
const PERSONAL_CELL = new RegExp(
  `[\\w.+-]+@[\\w-]+\\.[\\w.]+|${TELEPHONE_CELL.source}|^〒?\\d{3}-\\d{4}$|${ADDRESS_CELL.source}`,
);

/** Whether a column's name is one that voices are known to have: what tells a header from the lines above it. */
export function isKnownName(column: string): boolean {
  return (
    KNOWN_NAMES.has(foldColumnName(column)) ||
    isVerbatimName(column) ||
    isPersonalName(column) ||
    isStaffName(column)
  );
}

const KNOWN_NAMES = new Set(Object.values(ROLE_WORDS).flatMap((words) => words.split(" ")));
