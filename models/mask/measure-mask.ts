import { readFileSync } from "node:fs";
import { z } from "zod";
import { countCodePoints } from "../../pipeline/text/code-points.ts";
import type { Detection, PersonalKind } from "../../pipeline/text/mask/detection.ts";
import { normalizeVerbatim } from "../../pipeline/text/normalize-verbatim.ts";

/** A line of `models/tests/mask`, see its guideline. Spans count code points of the text as it is written there. */
export const MaskLine = z.object({
  class: z.string(),
  text: z.string(),
  spans: z.array(z.tuple([z.int(), z.int(), z.string()])),
  note: z.string().optional(),
});
export type MaskLine = z.infer<typeof MaskLine>;

export function readMaskLines(path: string): MaskLine[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => MaskLine.parse(JSON.parse(line)));
}

/** The mask's word for each class of the set. */
const KINDS: Readonly<Record<string, PersonalKind>> = {
  name: "氏名",
  address: "住所",
  postal: "郵便番号",
  phone: "電話",
  mail: "メール",
  url: "URL",
  card: "カード",
  mynumber: "マイナンバー",
  passport: "旅券",
  licence: "免許証",
  insurance: "保険証",
  bank: "口座",
  birthdate: "生年月日",
  customer_number: "お客様番号",
  plate: "車両番号",
  health: "健康",
};

export type ClassScore = {
  readonly spans: number;
  /** Spans of which every letter and digit is masked, by whatever class. */
  readonly found: number;
  /** Those that the right class masked. */
  readonly rightClass: number;
};

export type MaskScore = {
  readonly classes: ReadonlyMap<string, ClassScore>;
  readonly masks: number;
  /** Masks that touch no span, or run more than four other letters past theirs. */
  readonly wrong: number;
  readonly noneLines: number;
  readonly noneTouched: number;
  /** Lines to look at while tuning. */
  readonly faults: readonly {
    readonly line: MaskLine;
    readonly missed: readonly string[];
    readonly wrong: readonly string[];
  }[];
};

type Span = { readonly start: number; readonly end: number; readonly name: string };

/**
 * Recall by class and precision over all, as the set's guideline defines them.
 *
 * @param find the mask, given a normalised text
 */
export function measureMask(
  lines: readonly MaskLine[],
  find: (text: string) => readonly Detection[],
): MaskScore {
  const judged = lines.map((line) => judgeLine(line, find));
  const classes = new Map<string, ClassScore>();
  for (const { line, found } of judged) {
    const { spans, found: before, rightClass } = classes.get(line.class) ?? NOTHING;
    if (found.length === 0) continue;
    classes.set(line.class, {
      spans: spans + found.length,
      found: before + found.filter(({ isFound }) => isFound).length,
      rightClass: rightClass + found.filter(({ isRightClass }) => isRightClass).length,
    });
  }
  const none = judged.filter(({ line }) => line.class === "none");
  return {
    classes,
    masks: judged.reduce((sum, { masks }) => sum + masks, 0),
    wrong: judged.reduce((sum, { wrong }) => sum + wrong.length, 0),
    noneLines: none.length,
    noneTouched: none.filter(({ masks }) => masks > 0).length,
    faults: judged.flatMap(({ line, found, wrong }) => {
      const missed = found.flatMap(({ words, isFound }) => (isFound ? [] : [words]));
      return missed.length + wrong.length > 0 ? [{ line, missed, wrong }] : [];
    }),
  };
}

const NOTHING: ClassScore = { spans: 0, found: 0, rightClass: 0 };

function judgeLine(line: MaskLine, find: (text: string) => readonly Detection[]) {
  const { text, spans } = alignLine(line);
  const masks = find(text);
  const found = spans
    .filter(({ name }) => name === line.class)
    .map((span) => {
      const ofClass = masks.filter(({ kind }) => kind === KINDS[span.name]);
      return {
        words: text.slice(span.start, span.end),
        isFound: isCovered(text, span, masks),
        isRightClass: isCovered(text, span, ofClass),
      };
    });
  const wrong = masks
    .filter(
      (mask) =>
        !spans.some((span) => touches(mask, span)) || lettersPast(text, mask, spans) > PAST_ALLOWED,
    )
    .map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`);
  return { line, found, wrong, masks: masks.length };
}

const PAST_ALLOWED = 4;

/** Spans in UTF-16 units of the normalised text, which is what the mask reads. */
export function alignLine(line: MaskLine): { text: string; spans: readonly Span[] } {
  const points = [...line.text];
  /** The stand-in keeps a blank at the end from being trimmed. */
  const indexOf = (point: number) =>
    normalizeVerbatim(`${points.slice(0, point).join("")}x`).length - 1;
  const spans = line.spans.map(([start, end, name]) => ({
    start: indexOf(start),
    end: indexOf(end),
    name,
  }));
  return { text: normalizeVerbatim(line.text), spans };
}

function touches(mask: Detection, span: Span): boolean {
  return mask.start < span.end && span.start < mask.end;
}

function isCovered(text: string, span: Span, masks: readonly Detection[]): boolean {
  for (let at = span.start; at < span.end; at += 1) {
    if (WORD.test(text[at] ?? "") && !masks.some(({ start, end }) => start <= at && at < end))
      return false;
  }
  return true;
}

const WORD = /[\p{L}\p{N}]/u;

/** Letters and digits of a mask outside all spans; what a mask may reach over does not count. */
function lettersPast(text: string, mask: Detection, spans: readonly Span[]): number {
  let past = "";
  for (let at = mask.start; at < mask.end; at += 1) {
    if (!spans.some(({ start, end }) => start <= at && at < end)) past += text[at];
  }
  return countCodePoints(past.replace(ALLOWED, "").replace(/[^\p{L}\p{N}]/gu, ""));
}

const ALLOWED = /mailto:|様方?|さん|殿|〒|番号|記号|銀行|支店|普通|当座|口座/g;
