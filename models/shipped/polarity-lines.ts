import { z } from "zod";
import { InputError } from "../../pipeline/errors.ts";
import { Sentiment } from "../../pipeline/schema/enriched-record.ts";
import { plainText } from "./plain-text.ts";
import { readRows } from "./read-rows.ts";

/** A text whose only label is its polarity. */
export type PolarityLine = {
  readonly text: string;
  readonly sentiment: Sentiment;
  /** What figures are split by: the industry, or the label. */
  readonly part: string;
  readonly group: string;
};

/** One half of a minimal pair. */
export type NegationLine = {
  /** The pair. */
  readonly group: string;
  /** What makes it hard: negation, sarcasm, … */
  readonly part: string;
  readonly text: string;
  /** One, or several in order where the line turns. */
  readonly clauses: readonly { readonly text: string; readonly sentiment: Sentiment }[];
};

const Text = z.string().trim().min(1);
const Labels = z
  .string()
  .transform((list) => list.split(","))
  .pipe(z.array(Sentiment).min(1));

/** Reads `sentiment<TAB>text`. @throws InputError naming the first bad line */
export function readPolarityLines(path: string): PolarityLine[] {
  return readRows(path, z.tuple([Sentiment, Text])).map(({ row: [sentiment, text] }, index) => ({
    text: plainText(text),
    sentiment,
    part: sentiment,
    group: String(index),
  }));
}

/** Reads `industry<TAB>text`: one-sentence complaints. @throws InputError naming the first bad line */
export function readComplaints(path: string): PolarityLine[] {
  return readRows(path, z.tuple([Text, Text])).map(({ row: [part, text] }, index) => ({
    text: plainText(text),
    sentiment: "negative",
    part,
    group: String(index),
  }));
}

/** Reads `pair<TAB>type<TAB>sentiments<TAB>text`, clauses cut by "|". @throws InputError naming the first bad line */
export function readNegationLines(path: string): NegationLine[] {
  return readRows(path, z.tuple([Text, Text, Labels, Text])).map(({ row }) => {
    const [group, part, labels, text] = row;
    const clauses = text.split("|").map(plainText);
    if (clauses.length !== labels.length) {
      throw new InputError(`${path} ${group} 読んだもの: ${text}、期待: ${labels.length} 個の節。`);
    }
    return {
      group,
      part,
      text: plainText(text.replaceAll("|", "")),
      clauses: labels.map((sentiment, index) => ({ text: clauses[index] ?? "", sentiment })),
    };
  });
}
