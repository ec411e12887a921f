import type { Morpheme } from "../../../models/morpheme.ts";
import { wordSet } from "../../../models/plain-words.ts";
import { MASK_DETAIL } from "../mask/replace-morphemes.ts";
import { CALLS, waitsInVain } from "./waits-in-vain.ts";

/**
 * Whether a piece of a text is only what letters and calls are wrapped in: a greeting, who writes, how and when to call
 * back (「夕方以降にご連絡ください」, 「返信不要です」, 「以上、よろしくお願いいたします」). It is no opinion, yet heads take it
 * for a request that was not met. Every word has to be such a word, and nothing may be told by them:
 * 「折り返しの電話が来ない」 has another, 「電話をもらえない」 denies.
 */
export function isFormality(piece: readonly Morpheme[]): boolean {
  const words = piece.filter(({ pos }) => !FUNCTIONS.has(pos));
  if (ADDRESSES.has(words.at(-1)?.base ?? "")) return true;
  if (!words.some(isPoint)) return false;
  const isFormal = (each: Morpheme) => isPoint(each) || isLight(each) || WORDS.has(each.base);
  const isOnlyCall = words.every(isFormal) && !tells(piece) && !tellsOfDesk(words);
  return isOnlyCall && !isStated(piece) && !waitsInVain(piece);
}

const FUNCTIONS = new Set(["助詞", "助動詞", "記号", "接頭詞", "フィラー"]);

const ADDRESSES = wordSet("御中 各位");

/** One of these at least: a way to call, or a greeting. */
const POINTS = wordSet(
  "電話 でんわ TEL FAX メール 携帯 留守電 連絡 折り返し 折返し 折り返す 返信 返事 返答 回答 一報 よろしく 宜しく 宜しい お願い お世話 申す 失礼 はじめまして 初めまして こんにちは こんばんは おはよう 拝啓 前略 敬具 草々 かしこ 恐れ入る 恐縮 お忙しい 多忙 すみません お手数 手数 幸甚 留守 不在 様",
);

const WORDS = wordSet(
  // Who and where.
  "番号 住所 郵便 氏名 名前 自宅 家 宅 勤務 会社 職場 株式会社 有限会社 担当 窓口 お客様 相談 センター 総務 営業 本人 私 わたし こちら そちら 主人 夫 妻 家内 息子 娘 母 父 仕事 用件 要件 土日 日 お昼 いつ",
  // What is wished of it, and done with it.
  "くださる 下さる いただく 頂く いただける 頂ける もらう もらえる くれる ちょうだい 頂戴 願う 御願い 頼む ほしい 欲しい 希望 不要 要 必要 結構 待つ お待ち 待ち する いたす 致す かける 掛ける おかけ お掛け 入れる おく おる おりる いる はいる 要る なる できる 取れる とれる つく 出る ある ござる 申し上げる 存じる 構う かまう 及ぶ お伝え 差し上げる 確認 検討 査収 とる はる ける",
  // How.
  "至急 一度 必ず 改めて あらためて また なるべく できれば 出来れば 早め 早急 取り急ぎ とりいそぎ 何卒 どうか どうぞ 念のため 直接 ぜひ 是非 申し訳 いつも 平素 日頃 大変 たいへん 突然 初めて はじめて 長文 長々 乱文 以上 それでは まず 幸い 助かる ありがたい 有難い うれしい 嬉しい",
);

/** What health is masked for is told, not called by. */
const ILLNESS = "【健康";

function isPoint({ base, posDetail }: Morpheme): boolean {
  return posDetail === MASK_DETAIL ? !base.startsWith(ILLNESS) : POINTS.has(base);
}

/** Numbers, times, 「様」 and towns stand beside any word. */
function isLight({ base, pos, posDetail, proper }: Morpheme): boolean {
  if (pos === "動詞") return VOICES.has(base);
  return pos === "名詞" && (LIGHT_NOUNS.has(posDetail) || proper === "地域");
}

const LIGHT_NOUNS = new Set(["数", "副詞可能", "接尾", "非自立"]);
const VOICES = wordSet("れる られる せる させる");

/** 「かけへん」 is how the west of Japan denies. */
const DENIALS = new Set(["ない", "ぬ", "ん", "へん", "ず"]);
/** 「いりません」, which IPADIC takes for 入る, too, and 「構いません」: what is denied is wished so. */
const HARMLESS = wordSet("いる 要る はいる 必要 構う かまう 及ぶ 申し訳");
/** 「電話を頂けると嬉しい」 wishes, 「電話が嬉しい」 praises. */
const WELCOMES = wordSet("助かる ありがたい 有難い うれしい 嬉しい");
const CONDITIONS = wordSet("と ば たら なら");
/** 「電話くらいください」, 「電話しろ」. 「18時くらい」 is a time. */
const REPROACHES = wordSet("のに くらい ぐらい さえ すら しか ばかり なんか なんて しろ");
/** 「失礼します」 takes leave, 「失礼です」 complains. */
const FOLLOWS = wordSet("する いたす 致す");
/** How often and how long is told of what was. */
const COUNTERS = wordSet("回 度 時間 日間 週間 か月 ヶ月 カ月 ヵ月 ケ月 通");

/** A customer is away at times; who is away 「いつも」 or at the desk is not reached. */
const AWAY = wordSet("留守 不在 留守電 中");
const DESK = wordSet("担当 窓口 センター いつも また");

function tellsOfDesk(words: readonly Morpheme[]): boolean {
  if (!words.some(({ base }) => DESK.has(base))) return false;
  return AWAY.has(words.at(-1)?.base ?? "") || words.some(({ base }) => base === "出る");
}

/** Also what stands for it before a particle. */
const CALLING = new Set([...CALLS, ...wordSet("確認 する の")]);
const WISHES = wordSet("必要 希望 不要 幸い 幸甚 結構 要");
const TAKING = wordSet("て ろ");

/**
 * 「電話が大変」, 「連絡が3日後」, 「返信に10日」 state something of a call, where no verb wishes one; 「電話に出て」 is no
 * call back, and 「返事はいつ」 and 「電話で30分待つ」 tell what one waits for.
 */
function isStated(piece: readonly Morpheme[]): boolean {
  const words = piece
    .map(({ surface }) => surface)
    .join("")
    .replace(/[\s?？。.!！]+$/, "");
  if (/いつ$|分間?も?待/.test(words)) return true;
  const mark = piece.findIndex(
    ({ surface, pos }, at) =>
      pos === "助詞" && STATES.has(surface) && CALLING.has(piece[at - 1]?.base ?? ""),
  );
  if (mark < 0) return false;
  const after = piece.slice(mark + 1).filter(({ pos }) => pos !== "記号");
  const [next, particle] = after.filter(({ base }) => base !== "は");
  if (next?.base === "出る" && TAKING.has(particle?.surface ?? "")) return true;
  return after.length > 0 && after.every(isPredicate);
}

const STATES = wordSet("が に まで");

function isPredicate({ base, pos }: Morpheme): boolean {
  return (pos === "名詞" && !WISHES.has(base)) || pos === "副詞" || NOUN_ENDS.has(base);
}

const NOUN_ENDS = wordSet("です だ まで のみ だけ ね よ");

/** Whether it says what was, what was not, or what one thinks of it. */
function tells(piece: readonly Morpheme[]): boolean {
  return piece.some((each, index) => {
    const before = piece.slice(0, index);
    const after = piece.slice(index + 1);
    if (each.pos === "助動詞" || each.pos === "形容詞") {
      if (DENIALS.has(each.base)) return !isHarmless(before, after);
      if (each.surface === "た") return !before.some(({ base }) => base === "失礼");
    }
    return judges(each, before, after[0]) || counts(each);
  });
}

function judges(
  { base, surface }: Morpheme,
  before: readonly Morpheme[],
  next?: Morpheme,
): boolean {
  if (base === "失礼") return !FOLLOWS.has(next?.base ?? "");
  if (base === "いつ") return next?.surface !== "でも";
  if (WELCOMES.has(base)) return !before.some((each) => CONDITIONS.has(each.surface));
  return REPROACHES.has(surface) && before.slice(-1).every((each) => !isLight(each));
}

function counts({ surface, posDetail }: Morpheme): boolean {
  return posDetail === "接尾" && COUNTERS.has(surface);
}

/** 「電話をくれませんか」 asks for it; 「くれないのですか」 complains. */
function isHarmless(before: readonly Morpheme[], after: readonly Morpheme[]): boolean {
  const near = [...before.slice(-REACH), ...after.slice(0, REACH)];
  // 「電話に出られません」 is said of oneself.
  if (
    near
      .map(({ surface }) => surface)
      .join("")
      .includes("出られ")
  )
    return true;
  if (near.some((each) => HARMLESS.has(each.base) && each.posDetail !== "非自立")) return true;
  return after.every(({ pos }) => pos !== "名詞") && after.some(({ surface }) => ASKS.has(surface));
}

const ASKS = wordSet("か ? ？");
/** 「必要はございません」, 「なくて構いません」: between the denial and what makes it harmless. */
const REACH = 4;
