import { type Figures, figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import type { Sentence } from "../sentence.ts";
import { shortLabel } from "../topic-table.ts";
import { REFERENCE_WEEKS, type Signal } from "./signals.ts";

export function signalTitle(
  { subject, lot, topic }: Signal,
  labels: ReadonlyMap<string, string>,
): string {
  return `${subject}${lot === null ? "" : `（ロット ${lot}）`}　${labels.get(topic) ?? topic}`;
}

/** In customers, as they are what is tested; the number of voices only where it is another. */
export function signalSentence(
  { figures }: { readonly figures: Figures },
  signal: Signal,
): Sentence {
  const { weeks, before, expected } = signal;
  const { now, usual } = spanOf(weeks);
  return [
    `${now}、`,
    ...customersPart(figures, signal),
    `過去${REFERENCE_WEEKS}週では延べ${formatCount(before)}名で、${usual}なら${fewCustomers(expected)}です。`,
  ];
}

/** 4名のお客様からネガティブな声が届きました。 */
export function customersPart(figures: Figures, { figure, customers }: Signal): Sentence {
  const voices = figureOf(figures, figure).value;
  return [
    { figure, text: `${formatCount(customers)}名` },
    `のお客様からネガティブな声が届きました。${voices === customers ? "" : `声は${formatCount(voices)}件です。`}`,
  ];
}

/**
 * The same among the headlines, where other news stands beside it.
 *
 * @param label of its topic
 * @param now when its voices came, where that is not this week
 */
export function signalHeadline(
  signal: Signal,
  label: string,
  now = spanOf(signal.weeks).now,
): Sentence {
  const { subject, lot, weeks, expected, figure, customers } = signal;
  const { usual } = spanOf(weeks);
  return [
    `「${subject}」${lot === null ? "" : `（ロット ${lot}）`}の「${shortLabel(label)}」について、${now}`,
    { figure, text: `${formatCount(customers)}名` },
    `のお客様からネガティブな声が届きました（${usual}なら${fewCustomers(expected)}）。`,
  ];
}

function spanOf(weeks: number): { readonly now: string; readonly usual: string } {
  return weeks === 1
    ? { now: "今週", usual: "いつもの週" }
    : { now: "前週と今週に", usual: "いつもの2週間" };
}

/** What the past lets expect. */
function fewCustomers(expected: number): string {
  return expected < 1 ? "1名未満" : `${formatCount(Math.round(expected))}名ほど`;
}
