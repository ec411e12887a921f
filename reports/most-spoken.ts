import { type Figures, figureOf } from "./figure.ts";
import { shortLabel, type TopicLine } from "./topic-table.ts";

/** Of fewer voices no topic is named as the most blamed or praised one. */
export const FEWEST_NAMED = 3;

export type MostSpoken = {
  readonly line: TopicLine;
  readonly count: number;
  /** "「接客」も同数", or "ほかの3つの話題も同数"; "" where no other has as many. */
  readonly tied: string;
};

/** The topic with most voices of a sentiment, the gravest of equals; undefined where that is too few to name one. */
export function mostSpoken(
  topics: readonly TopicLine[],
  figures: Figures,
  sentiment: "negative" | "positive",
): MostSpoken | undefined {
  const count = (line: TopicLine) => figureOf(figures, line[sentiment]).value;
  const most = Math.max(0, ...topics.map(count));
  const [line, ...others] = topics
    .filter((each) => count(each) === most)
    .sort((left, right) => right.severity - left.severity);
  if (line === undefined || most < FEWEST_NAMED) return undefined;
  return { line, count: most, tied: others.length === 0 ? "" : `${tiedTopics(others)}も同数` };
}

/** Of more a line has no room for the names. */
const TIED_NAMED = 2;

function tiedTopics(topics: readonly TopicLine[]): string {
  return topics.length > TIED_NAMED
    ? `ほかの${topics.length}つの話題`
    : topics.map(({ label }) => `「${shortLabel(label)}」`).join("");
}

/** The rows with the highest sums of their counts, in their order; the first of each count's largest is among them. */
export function mostCounted<Row>(
  rows: readonly Row[],
  countsOf: (row: Row) => readonly number[],
  limit: number,
): Row[] {
  const sum = (row: Row) => countsOf(row).reduce((total, count) => total + count, 0);
  const first = rows[0];
  const named = new Set(
    (first === undefined ? [] : countsOf(first)).map((_, index) => {
      const most = Math.max(...rows.map((row) => countsOf(row)[index] ?? 0));
      return rows.find((row) => countsOf(row)[index] === most);
    }),
  );
  const kept = new Set(
    [...rows]
      .sort(
        (left, right) =>
          Number(named.has(right)) - Number(named.has(left)) || sum(right) - sum(left),
      )
      .slice(0, limit),
  );
  return rows.filter((row) => kept.has(row));
}
