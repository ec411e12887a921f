import type { Morpheme } from "../../../models/morpheme.ts";

/**
 * Whether a clause says something by itself. 「先日購入したのですが」 and 「すみませんが」 only lead up to it. Needed is a
 * word that judges (an adjective, a negation, a wish) or, without one, a topic or three words with a meaning.
 */
export function carriesOpinion(morphemes: readonly Morpheme[], from: number, end: number): boolean {
  const clause = morphemes.slice(from, end + 1);
  const words = clause.map((each) => each.surface).join("");
  if (OPENER.test(words)) return false;
  if (clause.some(judges)) return true;
  if (PREAMBLE.test(words)) return false;
  return hasTopic(clause) || clause.filter(isContentWord).length >= CONTENT_NEEDED;
}

/** 「包装は雑でしたが」: what は sets apart is judged against something else, be the judging word known or not. */
export function hasTopic(clause: readonly Morpheme[]): boolean {
  return clause.some(
    ({ surface, posDetail }, index) =>
      surface === "は" && posDetail === "係助詞" && isThing(clause[index - 1]),
  );
}

/** 「私は」 and 「今日は」 set the scene. */
function isThing(morpheme?: Morpheme): boolean {
  return morpheme?.pos === "名詞" && !SCENE_DETAILS.has(morpheme.posDetail);
}

const SCENE_DETAILS = new Set(["代名詞", "副詞可能", "数"]);

const CONTENT_NEEDED = 3;

/** Polite words before the point, the contrast particle included. */
const OPENER =
  /(?:すみません|すいません|恐れ入ります|申し訳(?:ない|ありません|ございません)(?:の?です)?|失礼(?:です|ですみません|します|いたします)?|恐縮(?:です)?|(?:お忙しい|ご多忙|ご多用)[^。]{0,12}|お手数(?:です|を?[^。]{0,8})?|勝手(?:なお願い)?(?:です|を言います)?|お世話になって(?:おり|い)ます|(?:難しい|むずかしい|無理|わがまま)[^。]{0,6}(?:思い|かもしれ|でしょう|承知)[^。]{0,5}|仕方(?:が|の)?ない(?:こと|の)?(?:だ|です)?(?:と[^。]{1,6})?|細かい(?:こと|話)?(?:です)?|個人的(?:な意見)?(?:です)?)(?:が|けど|けれど|けれども|けども)$/;

/** 「〜のですが」 explains; what it explains comes after it. */
const PREAMBLE = /[のん](?:です|だ)(?:が|けど|けれど|けれども|けども)$/;

/** Denials and the wish. Adjectives judge anyhow, ない among them. */
const JUDGING_ENDINGS = new Set(["ない", "ぬ", "ん", "たい", "まい"]);

/** Nouns that judge by themselves, which IPADIC files with the others. */
const JUDGING = new Set(["最高", "最悪", "満足", "不満", "感動", "文句", "ぴか一", "絶品"]);

function judges({ pos, posDetail, base, surface }: Morpheme): boolean {
  if (pos === "形容詞") return true;
  if (pos === "助動詞") return JUDGING_ENDINGS.has(base) || surface === "ん";
  if (pos === "名詞") {
    return posDetail === "形容動詞語幹" || posDetail === "ナイ形容詞語幹" || JUDGING.has(base);
  }
  return base === "すぎる" || base === "過ぎる";
}

const CONTENT_DETAILS = new Set(["一般", "サ変接続", "固有名詞", "形容動詞語幹", "自立", "マスク"]);
const LIGHT_VERBS = new Set(["する", "ある", "いる", "なる"]);

function isContentWord({ pos, posDetail, base }: Morpheme): boolean {
  if (pos !== "名詞" && pos !== "動詞" && pos !== "形容詞") return false;
  return CONTENT_DETAILS.has(posDetail) && !LIGHT_VERBS.has(base);
}
