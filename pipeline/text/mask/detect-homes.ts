import {
  COUNTERS,
  HOUSES,
  MUNICIPALITY,
  PARTICLES,
  POSTAL,
  SPOKEN_PREFECTURE,
} from "./address-words.ts";
import type { Detection } from "./detection.ts";
import { HYPHEN } from "./hyphen.ts";
import type { WordView } from "./word-view.ts";

/**
 * Where somebody lives, in the ways that a printed address is not written: with の between its parts, by Kyoto's
 * streets and Hokkaido's lines, by a town alone, in Latin letters, in katakana, and towns that are called a home.
 */
export function detectHomes(text: string, view: () => WordView): Detection[] {
  const found = CALLED.test(text) ? calledHomes(text) : [];
  if (!NUMBER.test(text)) return found;
  const parts = [
    ...matches(text, LOOSE, AREA).filter((match) => isHome(text, match)),
    ...matches(text, TOWN_ALONE, LOT_SIGN).filter((match) => isTownsAddress(match, view)),
    ...OTHER_SCRIPTS.flatMap((pattern) => matches(text, pattern, LOT_SIGN)).filter(([written]) =>
      LOT_SIGN.test(written),
    ),
  ];
  return [...found, ...parts.map(({ 0: written, index }) => toHome(written, index))];
}

/** Searches only where a cheap sign says that it may be worth it. */
function matches(text: string, pattern: RegExp, sign: RegExp): RegExpExecArray[] {
  return sign.test(text) ? [...text.matchAll(pattern)] : [];
}

const NUMBER = /[0-9]|[〇零○一二三四五六七八九十][〇零○一二三四五六七八九十丁番のノ条]/;
const AREA = new RegExp(`[市区町村郡都道府県]|\\d{3}[${HYPHEN} ]?\\d{4}|[〒〇]`);
const LOT_SIGN = new RegExp(`\\d(?:[${HYPHEN}の]|丁目|番)\\d`);
const CALLED =
  /[市区町村郡].*(?:住|自宅|実家|引っ?越|越して|転居|暮ら|育ち|家)|(?:住|自宅|実家|我が家|わが家|うち|家|先|下宿|居所).*[市区町村郡]/s;

function calledHomes(text: string): Detection[] {
  return CALLED_HOME.flatMap((pattern) => [...text.matchAll(pattern)]).flatMap(
    ({ 0: all, 1: town = "", index }) =>
      NO_TOWN.test(town) ? [] : [toHome(town, index + all.indexOf(town))],
  );
}

const NO_TOWN = new RegExp(`${PARTICLES.source}|なの|だか|なん|[市区町村郡](?:内|周辺|近郊|方面)$`);

function toHome(written: string, start: number): Detection {
  const end = start + written.trimEnd().length;
  return { kind: "住所", key: written.replace(/[\s〒、]/g, ""), start, end };
}

const KANJI = "[〇零○一二三四五六七八九十百壱弐参拾]";
/** 「二宮」 and 「三の丸」 are names, 「二丁目」 and 「九の八」 are numbers. */
const N = `(?:[0-9]{1,5}|${KANJI}{1,6}(?!(?!丁目|番|号|条(?=[東西南北0-9一二三四五六七八九])|線|地割|字)[\\p{Script=Han}々ヶ]|[のノが](?!${KANJI})))`;
/** What may stand between the numbers of a lot, or end it. */
const STEP = `(?:[ ]?[${HYPHEN}][ ]?|[のノ]\\n?(?=${N})|[ ]?丁目[の \\n]?|[ ]?番地?[の ]?|[ ]?号[ ]?|条|線|地割|字|[東西南北](?=${N})|[甲乙丙丁](?=${N}))`;
const END = `(?!${COUNTERS})`;
const TAIL = `(?:第|甲|乙|丙|丁|[イロハニホ](?=[0-9字]))?${N}(?:${STEP}{1,2}${N}){0,5}(?:[ ]?丁目|[ ]?番地?(?![線目組手乗])|[ ]?号(?![車線機店館棟]))?(?:の番外|の?[イロハ](?![ァ-ヺー]))?${END}`;

const HOUSE = `(?:${HOUSES}|コート|ビル|パレス|パーク|タワー|会館|住宅|寮|ホーム|病院|学園|宿舎|官舎|社宅|ヴィラ|ヒルズ|ガーデン|プラザ|テラス|シャトー|スクエア|ハウス|キャッスル|カーサ|ドミトリー|号棟|棟)`;
const WORD = "[\\p{Script=Han}\\p{Script=Katakana}A-Za-zー・'’々]";
const ROOM = `(?!0[0-9]{1,4}[${HYPHEN}])(?:[A-Z0-9]{1,2}号?棟)?[ ]?[A-Z]?[${HYPHEN}]?[0-9]{1,4}(?:[${HYPHEN}][0-9]{1,4})?(?:号室?|室|F|階)?(?:[${HYPHEN}][A-Z])?(?![${HYPHEN}]?[0-9])${END}`;
const KANJI_ROOM = `[ ]?[\\p{Script=Han}\\p{Script=Katakana}ー]{2,10}[〇零一二三四五六七八九]{3,4}(?:号室?|室)?(?!\\p{Script=Han})`;
const BUILDING = `(?:[ \\n、]?(?:第[0-9一二三])?(?:[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}A-Za-z0-9ー・々]{0,10}?${HOUSE}[\\p{Script=Hiragana}\\p{Script=Han}\\p{Script=Katakana}A-Za-zー]{0,8}|${WORD}{2,16}(?:[ ][A-Za-z\\p{Script=Katakana}ー]{1,12})?)[ \\n]?${ROOM}|[ ]${ROOM}|${KANJI_ROOM}|[ \\n、]?${WORD}{1,16}?${HOUSE}(?![0-9]|(?![裏前横隣])[\\p{Script=Han}\\p{Script=Katakana}ー]))?`;

const LOOSE = new RegExp(
  `(?:(?<postal>${POSTAL}[ 、\\n]{0,2})(?:${SPOKEN_PREFECTURE})?(?:${MUNICIPALITY}の?){0,3}|(?<prefecture>${SPOKEN_PREFECTURE}[ \\n]?)(?<cities>(?:${MUNICIPALITY}の?){0,3})|(?<city>(?:${MUNICIPALITY}の?){1,3}))(?<town>[\\p{Script=Han}\\p{Script=Katakana}\\p{Script=Hiragana}々ーヶ]{0,24}?)[ \\n]?(?<tail>${TAIL})${BUILDING}`,
  "gu",
);

const SURE_TAIL = new RegExp(
  `の番外|${N}(?:[ ]?丁目[の ]?|条[東西南北]?|地割|番地?の?|[ ]?[${HYPHEN}のノ][ ]?)${N}|番地|地割|条[東西南北]`,
  "u",
);
/** Kyoto's streets and the old names of hamlets stand in no sentence but an address. */
const STREETS = /[上下入][るル]|大?字/;
const YEARS = new RegExp(`^(?:19|20)[0-9]{2}[${HYPHEN}](?:(?:19|20)[0-9]{2})$`);
const SENTENCE =
  /[をへも]|から|まで|では|には|です|ます|した|して|など|より|という|って|ので|駅|行き|バス|国道|ホテル|徒歩/;
const HOME_BEFORE =
  /(?:住所|住まい|[届送付配達引取訪問納品設置請求宛発郵返]け?[り送]?先|自宅|実家|勤め先|勤務先|職場|転居先|越し先|新居|本籍|所在地|address|addr)[^0-9。]{0,4}$/i;
const HOME_BEHIND =
  /^(?:に(?:(?:うち|家|自宅|実家)が|住|転居|引っ?越|在住|お住|お?届|送|発送|配送|郵送|返送|移り|移転|取りに)|在住|の(?:自宅|実家|者です|別荘|家|アパート|マンション|お宅)|暮らし|の[\p{Script=Han}]{1,4}(?:です|様|さん|と申)|まで(?:出前|配達|届け|持って)|へ(?:配達|お?届|発送|配送|郵送|返送|転居|引っ?越|移)|より(?:入電|お電話)|から(?:電話|お電話|かけ)|へ送|宛|が(?:届け先|自宅|実家))/u;

function isHome(text: string, match: RegExpExecArray): boolean {
  const { postal, prefecture, cities = "", town = "", tail = "" } = match.groups ?? {};
  const city = match.groups?.city ?? cities;
  const isSentence = SENTENCE.test(town) || /[はがもでにと]$/.test(town) || /[をへ]/.test(city);
  if (isSentence || YEARS.test(tail) || city + town === "") return false;
  if (postal !== undefined || isSaidHome(text, match)) return true;
  if (city === "") return false;
  const after = text.slice(match.index + match[0].trimEnd().length);
  if (STREETS.test(town) || SURE_TAIL.test(tail) || isLotOfTown(city + town, tail, after))
    return true;
  return prefecture !== undefined && town !== "" && /[0-9]{2,}|号|番/.test(tail);
}

/** 「境港市上道町987」: behind a town of a city a bare number is a lot, unless it is a year. */
function isLotOfTown(place: string, tail: string, after: string): boolean {
  if (!LOT_ALONE.test(tail)) return false;
  return (
    /[市郡区].*[町村字]/s.test(place) ||
    (/区[\p{Script=Han}々]{2,4}$/u.test(place) && ENDS.test(after))
  );
}

/** Where a sentence or its clause ends. */
const ENDS = /^(?:[。、\n]|です|$)/;
const LOT_ALONE = /^(?!(?:19|20)[0-9]{2}$)[0-9]{2,5}$/;

function isSaidHome(text: string, { 0: written, index }: RegExpExecArray): boolean {
  const before = text.slice(Math.max(0, index - 12), index);
  return HOME_BEFORE.test(before) || HOME_BEHIND.test(text.slice(index + written.trimEnd().length));
}

/** 「代沢9-88-7」, 「本町9丁目77-8」: three numbers, or two and a building, behind a town that kuromoji knows. */
const TOWN_ALONE = new RegExp(
  `(?<town>(?<![\\p{Script=Han}々])[\\p{Script=Han}々ヶがの]{1,5}[\\p{Script=Han}々])(?<tail>[0-9]{1,4}(?:丁目[0-9]{1,4}[${HYPHEN}][0-9]{1,4}|丁目[0-9]{1,4}番[0-9]{1,4}号?|番[0-9]{1,4}号|[${HYPHEN}][0-9]{1,4}[${HYPHEN}][0-9]{1,4}(?:[${HYPHEN}][0-9]{1,4})?)|[0-9]{1,4}(?:[${HYPHEN}]|の)[0-9]{1,4}(?=[ ]?${WORD}{0,8}${HOUSE}|に住|在住|の[\\p{Script=Han}]{1,4}(?:です|様|さん|と申)|宛|まで(?:出前|配達|届)|(?:に|へ)(?:配達|届け)))${END}${BUILDING}`,
  "gu",
);

function isTownsAddress(match: RegExpExecArray, view: () => WordView): boolean {
  const { town = "" } = match.groups ?? {};
  if (HOME_BEHIND.test(match.input.slice(match.index + match[0].trimEnd().length))) return true;
  const words = view().wordsIn(match.index, match.index + town.length);
  return words.at(-1)?.proper === "地域" || /[町台丘]$/.test(town);
}

const TOWN =
  "[\\p{Script=Han}\\p{Script=Katakana}々ーヶ]{1,10}(?:[のがつ][\\p{Script=Han}\\p{Script=Katakana}]{1,4})?|[\\p{Script=Hiragana}]{2,5}[\\p{Script=Han}]{1,3}";
const PLACE = `(?:${SPOKEN_PREFECTURE}[ ]?)?(?:${MUNICIPALITY}の?){1,3}(?:${TOWN})`;
/** A town that is said to be somebody's; a city alone stays. */
const CALLED_HOME: readonly RegExp[] = [
  new RegExp(
    `(?:住所|お?住まい|居住地|居所|[届送付配達引取訪問納品設置請求]け?り?先|単身赴任先|下宿先?|(?:自宅|実家|我が家|わが家|うち|家)[はがの]|住んでいる(?:の[はが])?)[】\\])]?[ ]?[はがも:=|、]?[ ]?(${PLACE})(?=[、。\\s)」/|]|[でにはがとのへ]|な(?:の|ん)|在住|から|まで|$)`,
    "gu",
  ),
  new RegExp(
    `(?<![\\p{Script=Han}々])(${PLACE})(?=(?:に|で|から)?(?:[0-9一二三四五六七八九十]{1,3}年(?:以上|近く|間|ほど|も)?)?(?:住んで|住む|住み|在住|お住まい|居住|住まい|引っ?越|越して|転居|(?:一人|二人|独り)?暮ら|家があ|自宅があ|実家があ|アパートを借|部屋を借)|の(?:自宅|実家|我が家|住民|者です|社宅|寮|アパート|マンション)|育ち)`,
    "gu",
  ),
];

const LATIN_PART = "[A-Z][A-Za-z]{1,20}(?:-(?:to|fu|ken|shi|ku|gun|cho|machi|mura|chome))?";
const LOT = `[0-9]{1,4}(?:[${HYPHEN}][0-9]{1,4}){1,3}`;
const OTHER_SCRIPTS: readonly RegExp[] = [
  new RegExp(
    `(?:(?:Room|Rm\\.?|Apt\\.?|Unit|#)[ ]?[0-9A-Z]{1,5}[, ]{1,2}(?:${LATIN_PART}[, ]{1,2}){0,3})?(?:${LOT}[, ]{1,2})?(?:${LATIN_PART}[, ]{1,2}){0,4}[A-Z][A-Za-z]{1,20}-(?:to|fu|ken|shi|ku|gun|cho|machi)(?:[, ]{1,2}${LATIN_PART}){0,4}(?:[, ]{1,2}${LOT})?(?:[, ]{1,2}(?:Room|Apt\\.?|#)[ ]?[0-9A-Z]{1,5})?`,
    "gu",
  ),
  new RegExp(
    `(?<![ァ-ヺー])(?:[ァ-ヺー]{2,9}(?:ケン|ト|フ|ドウ)[ ]?)?[ァ-ヺー]{2,8}(?:ク|シ|グン|チョウ|マチ|ムラ)[ ]?(?:[ァ-ヺー]{2,12}[ ]?){0,2}${LOT}`,
    "gu",
  ),
  new RegExp(
    `(?:東 京 都|大 阪 府|京 都 府|北 海 道|\\p{Script=Han} (?:\\p{Script=Han} )?\\p{Script=Han} 県) [\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー ]{1,24}${LOT}`,
    "gu",
  ),
];
