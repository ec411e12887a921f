import { splitSpeakers } from "../record/split-speakers.ts";
import { normalizeValue, type SourceDescription } from "../source.ts";

/**
 * Finds by which marks the cells of one column hold the customer's words and the desk's: a word for either that stands
 * in brackets, behind a sign, or before a colon where a line begins; after any blank in a cell that begins as the customer's.
 *
 * @returns `undefined` where fewer than a fifth of the cells have a word of the desk's
 */
export function findMarks(cells: readonly string[]): SourceDescription["marks"] {
  const seen = new Set(cells.flatMap(marksIn));
  const marks = {
    customer: [...seen].filter((mark) => speakerOf(mark) === "customer"),
    desk: [...seen].filter((mark) => speakerOf(mark) === "desk"),
  };
  if (marks.desk.length === 0) return undefined;
  const mixed = cells.filter((cell) => splitSpeakers(cell, marks).desk !== "");
  return mixed.length * 5 < cells.length ? undefined : marks;
}

const WORD = "[^\\s【】［］\\[\\]（）()＜＞<>《》〈〉〔〕「」:：.．、。]{1,12}";
const MARK = markAfter("^[ \\t\\u3000]{0,8}|[。！？!?」／/｜|\\u3000]");
/** Where a cell begins as the customer's: 「客：… 当社：…」. */
const MARK_IN_LINE = markAfter("^[ \\t\\u3000]{0,8}|[。！？!?」／/｜|\\u3000 \\t]");

function markAfter(before: string): RegExp {
  return new RegExp(
    `[【［\\[＜<《〈〔]${WORD}[】］\\]＞>》〉〕][:：]?|[■◆●◇□○◯▼▲★☆※▽・]${WORD}(?=[:：\\s])[:：]?|(?<=${before})(?:[（(]${WORD}[）)]|${WORD}[:：]|[QＱAＡ問答]\\d{0,2}[.．:：])`,
    "gmu",
  );
}

function marksIn(cell: string): string[] {
  const text = cell.slice(0, LOOKED_AT).trimStart();
  const marks = (of: RegExp) => Array.from(text.matchAll(of), ([mark]) => mark);
  const found = marks(MARK);
  const [first = ""] = found;
  const isDialogue = text.startsWith(first) && speakerOf(first) === "customer";
  return isDialogue ? marks(MARK_IN_LINE) : found;
}

/** In UTF-16 units of a cell. */
const LOOKED_AT = 2000;

function speakerOf(mark: string): "customer" | "desk" | undefined {
  const word = normalizeValue(mark).replace(/[^\p{L}\p{N}]/gu, "");
  if (CUSTOMER.test(word)) return "customer";
  return DESK.test(word) ? "desk" : undefined;
}

const CUSTOMER =
  /^(?:(?:お|ご|御)?(?:申し?出|客(?:様|さま)?|顧客|消費者|会員|ユーザー|申出者|相談者|相手|先方|意見|要望|質問|問い?合わ?せ|相談|苦情|指摘|用件|依頼)(?:の?(?:内容|事項|発言|お?声|主旨|要旨|言い分))?|内容|用件|[Q問]\d*)$/;
const DESK =
  /^(?:(?:お|ご|御)?(?:対応|応対|回答|返答|返信|答え|処置|処理|当社|弊社|当方|当店|小社|相談室|相談員|窓口|担当者?|オペレーター?|社内|案内|説明|経過|調査|所見)(?:の?(?:内容|事項|状況|結果|経過|発言|対応|回答|記録))?|[A答]\d*)$/;
