import { isFamilyName, isGivenName, readNameList, toKatakana } from "../name-lists.ts";

/** A text with spans of UTF-16 units. */
export type SpannedText = {
  readonly text: string;
  readonly spans: readonly {
    readonly start: number;
    readonly end: number;
    readonly name: string;
  }[];
};

/**
 * The same line with other names in the places of its names, and other digits in its addresses: a tagger shall learn
 * where names stand, not which ones. One in four is a surname that nobody bears, made of two real ones' kanji.
 */
export function varyNames({ text, spans }: SpannedText, random: () => number): SpannedText {
  let varied = "";
  let from = 0;
  const others = new Map<string, string>();
  const moved = spans.map(({ start, end, name }) => {
    varied +=
      name === "name" ? swapBeside(text.slice(from, start), random) : text.slice(from, start);
    const words = text.slice(start, end);
    const other = others.get(words) ?? anotherOf(words, name, random);
    others.set(words, other);
    const at = varied.length;
    varied += other;
    from = end;
    return { start: at, end: varied.length, name };
  });
  return { text: varied + swapBeside(text.slice(from), random), spans: moved };
}

/** Words that may stand for each other beside a name. */
const ALIKE: readonly { readonly beside: RegExp; readonly words: readonly string[] }[] = [
  [
    "店長 副店長 支配人 副支配人 店員 スタッフ 社員 バイト アルバイト パート 係員 受付 フロント 仲居 女将 若女将 料理長 板長 板前 シェフ ソムリエ 運転手 ドライバー 配達員 配送員 配送担当 設置員 作業員 警備員 清掃員 販売員 美容師 看護師 薬剤師 医師 先生 講師 コーチ トレーナー インストラクター ガイド 添乗員 案内係 オペレーター 担当 担当者 責任者 主任 係長 課長 部長 次長 専務 社長 会長 所長 館長 園長 校長 院長 室長 工場長 チーフ リーダー マネージャー スーパーバイザー SV 営業 営業担当 経理 総務 広報 修理担当 セラピスト スタイリスト ネイリスト 保育士 介護士 ヘルパー ケアマネ 弁護士 税理士 司会者 事務員 駅員 車掌 乗務員",
    "(?:の|、|は|:| |・|の「)?$",
  ],
  [
    "娘 息子 長男 次男 三男 長女 次女 三女 孫 甥 姪 弟 妹 子供 子ども うちの子 我が子 赤ちゃん 幼稚園児 小学生 中学生 高校生 3歳 5歳 2歳",
    "(?:の|、|は| |\\()?$",
  ],
  [
    "夫 妻 主人 旦那 家内 嫁 父 母 祖父 祖母 義父 義母 叔父 叔母 兄 姉 おじ おば いとこ 従兄 親戚",
    "(?:の|、|は| |\\()?$",
  ],
  [
    "友人 友達 親友 同僚 同期 上司 部下 先輩 後輩 知人 隣人 ママ友 パート仲間 バイト仲間 サークル 会社 近所 隣 お隣 向かい 彼氏 彼女 恋人 幼なじみ 担任 主治医 かかりつけ 大家 管理人 取引先",
    "の$",
  ],
  [
    "様 さん 氏 さま 殿 君 くん ちゃん 先生 さん サン ｻﾝ サマ 様方 嬢 女史 夫妻 ご夫妻 部長 課長 店長 主任 マネージャー 支配人 社長 先輩 教授 弁護士 医師",
    null,
  ],
  [
    "です と申します といいます と言います でございます だけど ですけど ですが と申しますが という者です と言う者ですが っていいます と申す者です なんですが だが と名乗る って人 という方 という男性 という女性 という店員",
    null,
  ],
  ["は が も に へ と を から より まで では には って とは なら だけ", null],
].map(([words = "", beside]) => {
  const list = (words ?? "").split(" ");
  const either = list.toSorted((one, other) => other.length - one.length).join("|");
  return {
    words: list,
    beside: new RegExp(
      typeof beside === "string" ? `(?:${either})(?=${beside})` : `^(?:${either})`,
    ),
  };
});

const SWAPPED = 0.5;

/** Another role, kin or honorific in the place of the one that stands beside a name. */
function swapBeside(words: string, random: () => number): string {
  let swapped = words;
  for (const { beside, words: others } of ALIKE)
    if (beside.test(swapped) && random() < SWAPPED)
      swapped = swapped.replace(beside, pick(others, random));
  return swapped;
}

function anotherOf(words: string, name: string, random: () => number): string {
  if (name === "name")
    return words
      .split(/([ ・/]+)/)
      .map((part) => anotherName(part, random))
      .join("");
  if (name !== "address") return words;
  return words.replace(/[0-9]/g, () => String(1 + Math.floor(random() * 9)));
}

type Lists = {
  readonly [kind in "family" | "given" | "familyKana" | "givenKana"]: readonly string[];
};
let lists: Lists | undefined;

function readLists(): Lists {
  const isHan = (name: string) => /^[\p{Script=Han}々]{1,4}$/u.test(name);
  const isKana = (name: string) => /^[ァ-ヺー]{2,5}$/.test(name);
  const [family, given] = [[...readNameList("family")], [...readNameList("given")]];
  return {
    family: family.filter(isHan),
    given: given.filter(isHan),
    familyKana: family.filter(isKana),
    givenKana: given.filter(isKana),
  };
}

function anotherName(part: string, random: () => number): string {
  lists ??= readLists();
  if (/^[\p{Script=Han}々ヶノ]+$/u.test(part)) return anotherHan(part, lists, random);
  if (/^[ァ-ヺー]{2,5}$/.test(part)) return anotherKana(part, lists, random);
  if (/^[ぁ-ゖー]{2,6}$/.test(part)) return toHiragana(anotherKana(part, lists, random));
  return part;
}

function anotherHan(part: string, { family, given }: Lists, random: () => number): string {
  if (part.length === 1) return part;
  const isFamily = isFamilyName(part);
  if (!isFamily && !isGivenName(part) && part.length > 2)
    return pick(family, random) + pick(given, random);
  if (!isFamily) return pick(given, random);
  if (random() < MADE_UP)
    return (pick(family, random)[0] ?? "") + (pick(family, random).at(-1) ?? "");
  return pick(family, random);
}

const MADE_UP = 0.25;

function anotherKana(part: string, { familyKana, givenKana }: Lists, random: () => number): string {
  const katakana = toKatakana(part);
  return pick(isFamilyName(katakana) && !isGivenName(katakana) ? familyKana : givenKana, random);
}

function toHiragana(kana: string): string {
  return kana.replace(/[ァ-ヶ]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) - 0x60));
}

function pick(names: readonly string[], random: () => number): string {
  return names[Math.floor(random() * names.length)] ?? "";
}
