import { measureShare } from "../../models/shipped/bootstrap.ts";
import type { TaskMeasure } from "../../models/shipped/evaluation-file.ts";
import type { NegationLine, PolarityLine } from "../../models/shipped/polarity-lines.ts";
import type { Way } from "../../models/shipped/ways.ts";
import { deriveVoice } from "../enrich/derive-voice.ts";
import type { EnrichedSegment, Sentiment } from "../schema/enriched-record.ts";

/** A segment as enrichment cut and classified it, with its words. */
export type CutSegment = { readonly segment: EnrichedSegment; readonly text: string };

export type PolarityTasks = {
  readonly negation: readonly NegationLine[];
  readonly complaints: readonly PolarityLine[];
  readonly hotel: readonly PolarityLine[];
  readonly shopReviews: readonly PolarityLine[];
  readonly placeReviews: readonly PolarityLine[];
  /** By text: the segments of `enrichVoices`, which `kizuki classify` prints. */
  readonly cut: ReadonlyMap<string, readonly CutSegment[]>;
  /** By name; the one called "shipped" is what enrichment itself says. */
  readonly ways: ReadonlyMap<string, Way>;
};

/** Shares of lines, voices and pairs that each way gets right. A voice goes through the code of `kizuki classify`. */
export function measurePolarityTasks(tasks: PolarityTasks): TaskMeasure[] {
  const { negation, complaints, hotel, shopReviews, placeReviews } = tasks;
  const praise = hotel.filter(({ sentiment }) => sentiment === "positive");
  const pairs = pairUp(negation);
  const bothRight = (task: string, isRight: (line: NegationLine, way: Way) => boolean) =>
    measureTask(tasks.ways, task, pairs, (pair, way) =>
      pair.lines.every((line) => isRight(line, way)),
    );
  const called = (task: string, voices: readonly PolarityLine[]) => [
    ...measureTask(tasks.ways, `${task}: label`, voices, ({ text, sentiment }, way) => {
      return voiceOf(tasks, text, way).sentiment === sentiment;
    }),
    ...measureTask(tasks.ways, `${task}: sign of polarity`, voices, ({ text, sentiment }, way) => {
      return signOf(voiceOf(tasks, text, way).polarity) === sentiment;
    }),
  ];
  return [
    ...bothRight("negation pairs, both right: each clause by itself", ({ clauses }, way) =>
      clauses.every(({ text, sentiment }) => labelOf(text, way) === sentiment),
    ),
    ...bothRight("negation pairs, both right: as voices", (line, way) => readsAs(tasks, line, way)),
    ...called("complaints called negative", complaints),
    ...called("hotel praise called positive", praise),
    ...called("reviews of places in everyday words, two polarities", placeReviews),
    ...called("reviews of shops and goods in dry words, two polarities", shopReviews),
  ];
}

type Part = { readonly part: string; readonly group: string };

/** One figure for all cases, and one for each part where there are several. */
function measureTask<Case extends Part>(
  ways: ReadonlyMap<string, Way>,
  task: string,
  cases: readonly Case[],
  isRight: (one: Case, way: Way) => boolean,
): TaskMeasure[] {
  const judged = [...ways].map(([name, way]) => ({
    name,
    results: cases.map((one) => ({ ...one, right: isRight(one, way) })),
  }));
  const parts = [...new Set(cases.map(({ part }) => part))];
  const wanted = parts.length > 1 ? [undefined, ...parts] : [undefined];
  return wanted.map((part) => {
    const own = (results: readonly (Case & { right: boolean })[]) =>
      results.filter((result) => part === undefined || result.part === part);
    return {
      task,
      part: part ?? "all",
      n: own(judged[0]?.results ?? []).length,
      ways: Object.fromEntries(
        judged.map(({ name, results }) => [name, measureShare(own(results))]),
      ),
    };
  });
}

function pairUp(lines: readonly NegationLine[]) {
  const ids = [...new Set(lines.map(({ group }) => group))];
  return ids.flatMap((group) => {
    const own = lines.filter((line) => line.group === group);
    return own[0] === undefined ? [] : [{ group, part: own[0].part, lines: own }];
  });
}

function labelOf(text: string, way: Way): string | undefined {
  return way.judge("sentiment", text, [])?.given[0]?.label;
}

function signOf(polarity: number): Sentiment {
  if (polarity === 0) return "neutral";
  return polarity < 0 ? "negative" : "positive";
}

/** What the product would say of the voice if its segments had this way's polarities. */
function voiceOf({ cut, ways }: PolarityTasks, text: string, way: Way) {
  const segments = cut.get(text) ?? [];
  const isShipped = way === ways.get("shipped");
  return deriveVoice(
    segments.map(({ segment, text: words }) =>
      isShipped ? segment : { ...segment, polarity: way.polarity(words) },
    ),
  );
}

/** One opinion: the voice's own sentiment. Several: those of its segments in order, like neighbours taken as one. */
function readsAs(tasks: PolarityTasks, { text, clauses }: NegationLine, way: Way): boolean {
  const gold = clauses.map(({ sentiment }) => sentiment);
  if (gold.length === 1) return voiceOf(tasks, text, way).sentiment === gold[0];
  const isShipped = way === tasks.ways.get("shipped");
  const found = (tasks.cut.get(text) ?? []).map(({ segment, text: words }) =>
    isShipped ? segment.sentiment : labelOf(words, way),
  );
  return String(withoutRepeats(found)) === String(withoutRepeats(gold));
}

function withoutRepeats<T>(values: readonly T[]): T[] {
  return values.filter((value, index) => index === 0 || value !== values[index - 1]);
}
