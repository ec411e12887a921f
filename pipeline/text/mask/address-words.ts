import { KANJI_DIGIT } from "./find-numerals.ts";
import { HYPHEN } from "./hyphen.ts";

/** Parts of patterns for Japanese addresses, shared by the detectors of places. */
const PREFECTURE_STEM =
  "青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄";
export const PREFECTURE = `(?:北海道|東京都|京都府|大阪府|(?:${PREFECTURE_STEM})県)`;
/** As people say it: 「千葉の船橋市」. */
export const SPOKEN_PREFECTURE = `(?:${PREFECTURE}の?|(?:${PREFECTURE_STEM}|東京|大阪|京都)の)`;

export const POSTAL = String.raw`(?:(?<!\d|\d[-.])\d{3}[${HYPHEN}]?\d{4}(?!\d|-\d)|(?<!${KANJI_DIGIT})${KANJI_DIGIT}{3}[${HYPHEN}の]${KANJI_DIGIT}{4}(?!${KANJI_DIGIT}))`;

/** 市区町村 and 郡, up to three deep: 石川県|河北郡|津幡町, 横浜市|西区. */
export const MUNICIPALITY = String.raw`(?:(?<![市区町村郡]{4})(?!住所|自宅|実家|届け?先|送り先|番号|請求書|所[はがの])[\p{Script=Han}々ヶケ][\p{Script=Han}々ヶケのが\p{Script=Hiragana}]{0,5}?[市区町村郡]|(?:さいたま|つくば|あわら|かほく|おおい|みよし|いわき|むつ|にかほ|つがる|ひたちなか|かすみがうら|つくばみらい|さくら|みどり|ふじみ野|いすみ|あきる野|みなべ|うるま|えびの|さぬき|まんのう|いなべ|たつの|うきは|みやま|いちき串木野|東かがわ|南さつま|南あわじ|南アルプス|北アルプス|ニセコ)[市町区])[ \n]?`;

/** What houses of several homes are called by; each detector knows more of them. */
export const HOUSES = "マンション|ハイツ|ハイム|コーポ|アパート|レジデンス|メゾン|団地|荘";

/** A sentence, not an address, stands between the town and the number. */
export const PARTICLES = /から|まで|では|には|です|ます|した|して|など|より|という/;

/** What a number counts that is no lot: 3-4人, 2-3時間, 8号線, 1号車, 3番目. */
export const COUNTERS =
  "[0-9]|[時分人個円回日月年歳才枚本名台階泊件店度割倍粒袋箱杯食皿%kcm点駅]|か[月国所]|ヶ|カ月|番線|番目|番乗|番人|番のり|号線|号車|号機|号店|号館|線|車|目|丁目[駅会付]";
