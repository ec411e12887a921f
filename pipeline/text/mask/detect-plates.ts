import type { Detection } from "./detection.ts";
import { TYPED_KANJI_DIGIT } from "./find-numerals.ts";
import { HYPHEN } from "./hyphen.ts";

/** Number plates of Japanese cars: 「品川 300 あ 12-34」. The office's name tells them from other codes. */
export function detectPlates(text: string): Detection[] {
  return Array.from(text.matchAll(PLATE), (match) => ({
    kind: "車両番号",
    key: match[0].replace(/[^\p{L}\p{N}]/gu, ""),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Offices and regional names of 国土交通省, as of 2025. */
const OFFICE =
  "札幌|函館|旭川|室蘭|苫小牧|釧路|知床|帯広|十勝|北見|青森|弘前|八戸|岩手|盛岡|平泉|宮城|仙台|秋田|山形|庄内|福島|会津|郡山|白河|いわき|水戸|土浦|つくば|宇都宮|那須|とちぎ|日光|群馬|前橋|高崎|大宮|川口|所沢|川越|熊谷|春日部|越谷|千葉|成田|習志野|市川|船橋|袖ヶ浦|市原|野田|柏|松戸|品川|世田谷|練馬|杉並|板橋|足立|江東|葛飾|江戸川|八王子|多摩|横浜|川崎|湘南|相模|山梨|富士山|新潟|長岡|上越|長野|松本|諏訪|安曇野|南信州|富山|石川|金沢|福井|岐阜|飛騨|静岡|浜松|沼津|伊豆|富士山|名古屋|豊橋|三河|岡崎|豊田|尾張小牧|一宮|春日井|三重|鈴鹿|四日市|伊勢志摩|滋賀|京都|大阪|なにわ|和泉|堺|神戸|姫路|奈良|飛鳥|和歌山|鳥取|島根|出雲|岡山|倉敷|広島|福山|下関|山口|徳島|香川|高松|愛媛|高知|福岡|北九州|久留米|筑豊|佐賀|長崎|佐世保|厳原|熊本|大分|宮崎|鹿児島|奄美|沖縄";

const DIGIT = `(?:[0-9]|${TYPED_KANJI_DIGIT})`;
const PAUSE = "[ \\nの]{0,2}";
const PLATE = new RegExp(
  `(?:${OFFICE})(?:ナンバー)?${PAUSE}${DIGIT}{1,2}(?:[0-9A-Z]|${TYPED_KANJI_DIGIT}){1,2}${PAUSE}[「(]?[あ-んア-ン][」)]?${PAUSE}(?:${DIGIT}{2}[ ]?[${HYPHEN}の][ ]?${DIGIT}{2}|[・.]{1,3}[ ]?${DIGIT}{1,3}|${DIGIT}{1,4})(?![0-9])`,
  "gu",
);
