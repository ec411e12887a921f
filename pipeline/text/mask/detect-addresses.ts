import { HOUSES, MUNICIPALITY, PARTICLES, POSTAL, PREFECTURE } from "./address-words.ts";
import type { Detection } from "./detection.ts";
import { HYPHEN } from "./hyphen.ts";

/**
 * Postal addresses of a normalised text, down to street, building and room. A town's name alone stays: it says where
 * something happened, not where somebody lives. Needed are a street number and, before it, a prefecture, a postal
 * code or a municipality.
 */
export function detectAddresses(text: string): Detection[] {
  if (!/[0-9一二三四五六七八九十]/.test(text)) return [];
  const found: Detection[] = [];
  for (const match of text.matchAll(ADDRESS)) {
    if (PARTICLES.test(match[1] ?? match[2] ?? match[3] ?? "")) continue;
    found.push({
      kind: "住所",
      key: match[0].replace(/[\s〒]/g, ""),
      start: match.index,
      end: match.index + match[0].trimEnd().length,
    });
  }
  return found;
}

const TOWN = String.raw`[\p{Script=Han}\p{Script=Katakana}々ー]{0,12}(?:[がのつヶケ][\p{Script=Han}\p{Script=Katakana}ー]{1,6})?|\p{Script=Hiragana}{3,8}[\p{Script=Han}]{0,4}`;

const NUMBER = "(?:[0-9]{1,4}|[一二三四五六七八九十百]{1,5})";
const BLOCK = `${NUMBER}[ ]?丁目[ \\n]?`;
/** Not a quantity, a time, a road, a coach: 3-4人, 2-3時間, 8号線, 1号車, 3番目. */
const NO_COUNTER =
  "(?![0-9]|[時分人個円回日月年歳才枚本名台階泊件店度割倍粒袋箱杯食皿%kcm点]|か[月国所]|ヶ|カ月|番線|番目|号線|号車|号機|号店|号館|線|車|目)";
const YEARS = `(?:19|20)[0-9]{2}[${HYPHEN}の]`;
const LOT = `${NUMBER}番地?(?!線|目|組|手|乗|バス|台)[ ]?(?:の?${NUMBER}号?)?`;
/** 「近江町1番」 may be a stall or a rank: without a prefecture 番 needs 地, or a number on either side. */
const SURE_LOT = `(?:${BLOCK}${LOT}|${NUMBER}番(?:地(?:の?${NUMBER}号?)?|[ ]?の?${NUMBER}号?))`;
const HYPHENATED = `(?:${BLOCK})?(?!${YEARS})[0-9]{1,4}(?:[${HYPHEN}の][0-9]{1,4}){1,3}`;
const END = `${NO_COUNTER}(?:号(?![車線機店館棟])|F(?![A-Za-z]))?`;
const STREET = `(?:(?:${BLOCK})?${LOT}|${HYPHENATED})${END}`;
const SURE_STREET = `(?:${SURE_LOT}|${HYPHENATED})${END}`;

/** A name without hiragana and the room after it, or a room alone. */
const ROOM = `[A-Za-z]?[0-9]{2,4}(?:号室|号|室)?${NO_COUNTER}(?![-.,/:][0-9])`;
const HOUSE = `(?:${HOUSES}|ビル|パレス|タワー)`;
const BUILDING = String.raw`(?:[ \n、]?[\p{Script=Han}\p{Script=Katakana}A-Za-zー・']{1,30}(?:[ ][\p{Script=Katakana}A-Za-zー・]{1,15})?[ ]?(?:[0-9A-Za-z]{1,3}[棟館][ ]?)?${ROOM}|[ \n、]?[\p{Script=Han}\p{Script=Katakana}A-Za-zー・']{1,20}?${HOUSE}[A-Z]?(?![\p{Script=Han}\p{Script=Katakana}])|[ ]?${ROOM}室?)`;

/** With a prefecture or a postal code before it, a block is enough; behind a town's name it is only a place. */
const ADDRESS = new RegExp(
  `(?:〒[ ]?)?(?:${POSTAL}[ \\n]?(?:${PREFECTURE}[ \\n]?)?((?:${MUNICIPALITY}){0,3}(?:${TOWN}))[ ]?(?:${STREET}|${BLOCK})` +
    `|${PREFECTURE}[ \\n]?((?:${MUNICIPALITY}){1,3}(?:${TOWN}))[ ]?(?:${STREET}|${BLOCK})` +
    `|((?:${MUNICIPALITY}){1,3}(?:${TOWN}))[ ]?${SURE_STREET})(?:${BUILDING})?` +
    `|〒[ ]?${POSTAL}`,
  "gu",
);
