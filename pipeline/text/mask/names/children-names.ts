import type { Morpheme } from "../../../../models/morpheme.ts";
import { isGivenName, isModernGivenName } from "../../../../models/name-lists.ts";
import { allMatches } from "../all-matches.ts";
import type { WordView } from "../word-view.ts";
import type { Span } from "./judge-name.ts";

/** First names in a family: 「娘の結愛が」, 「母のフミは」, 「双子の蒼と碧に」, 「美月(5歳)」. */
export function childrenNames(text: string, view: () => WordView): Span[] {
  return [...relatives(text, view), ...agedChildren(text, view)];
}

function relatives(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of allMatches(text, RELATIVE)) {
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    const end = match.index + match[0].length;
    const start = end - name.length;
    const isOrdinal = /^[長次三][男女]/.test(match[0]) && name !== "" && isGivenName(name);
    if (!isOrdinal && !isFirstName(name, view().wordsIn(start, end))) continue;
    found.push({ start, end });
    const twin = TWIN.exec(text.slice(end, end + 6))?.[1];
    if (twin !== undefined && isGivenName(twin))
      found.push({ start: end + 1, end: end + 1 + twin.length });
  }
  return found;
}

const KIN =
  "(?:長男|次男|三男|長女|次女|三女|娘|息子|夫|妻|主人|旦那|母|父|祖父|祖母|兄|姉|弟|妹|甥|姪|孫|おば|おじ|叔母|叔父|双子|[0-9一二三四五六七八九]{1,2}[歳才])(?:の(?:名前は)?|[、・(「])";

const RELATIVE = new RegExp(
  `${KIN}([\\p{Script=Han}々]{1,3}子?|[ァ-ヺー]{2,4}子?|[ぁ-ゖ]{2,4}?)(?=[がはもとにへを)」]|です|より|から|のため|の(?:代わり|代理|分|名前|名義)|用|宛)|(?:長男|次男|三男|長女|次女|三女)([\\p{Script=Han}々]{1,3}|[ぁ-ゖ]{2,4}?)(?=[がはもとにへをの])|(?:息子|妹|弟|姉|甥|姪)([\\p{Script=Han}々]{2,3})(?=[がはもとにへをの])`,
  "gu",
);

const TWIN = /^と([\p{Script=Han}々]{1,3}|[ァ-ヺー]{2,4}|[ぁ-ゖ]{2,4}?)(?=[がはもにへを])/u;

function isFirstName(name: string, words: readonly Morpheme[]): boolean {
  const [word] = words;
  if (words.length === 1 && word?.proper === "人名") return true;
  if (words.length === 1 && word?.pos === "名詞" && word.posDetail !== "固有名詞")
    return (
      isModernGivenName(name) ||
      isWordAndName(name) ||
      (/^[ァ-ヺー]+$/.test(name) && isGivenName(name))
    );
  if (isGivenName(name))
    return words.length !== 1 || word?.posDetail === "固有名詞" || word?.pos !== "名詞";
  return (
    /^\p{Script=Han}{2}$/u.test(name) &&
    words.length === 2 &&
    words.every(({ posDetail }) => posDetail !== "接尾")
  );
}

/** 「娘の光が」; what a relative has is no name. */
function isWordAndName(name: string): boolean {
  return (
    /^\p{Script=Han}{1,2}$/u.test(name) && isGivenName(name) && !/[夢心友花幸愛命力道親]/.test(name)
  );
}

function agedChildren(text: string, view: () => WordView): Span[] {
  const found: Span[] = [];
  for (const match of allMatches(text, AGED)) {
    const name = match[1] ?? "";
    const end = match.index + match[0].length;
    const start = end - name.length;
    const [word] = view().wordsIn(start, end);
    const isKnown = /^[ぁ-ゖァ-ヺー]/.test(name) ? word?.pos !== "助詞" : word?.proper === "人名";
    if (isModernGivenName(name) || (isKnown && isGivenName(name))) found.push({ start, end });
  }
  return found;
}

/** 「美月(5歳)」, 「娘 莉子 3歳」, 「子どもの名前は蓮です」. */
const AGED =
  /(?:(?:娘|息子|孫|長男|次男|長女|次女|子|姪|甥)[ 、(]|名前[はが]「?|(?<=^|[、。\s(と]))([\p{Script=Han}々]{1,3}|[ぁ-ゖ]{2,4}|[ァ-ヺー]{2,4})(?=[ 、]?[(]?[0-9]{1,2}[歳才か代ヶ]|(?:です|でした|といいます|と言います|」)(?<=名前[はが]「?.{1,8}))/gu;
