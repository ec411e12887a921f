import type { EncoderManifest } from "../encoder.ts";
import type { Evaluation } from "../evaluate-head.ts";
import type { HeadMeasure } from "./measure-head.ts";
import type { ShippedData } from "./shipped-data.ts";

export const NOTES_START = "<!-- notes: kept by train-heads -->";
export const NOTES_END = "<!-- end of notes -->";

export type CardInput = {
  readonly manifest: EncoderManifest;
  readonly measures: readonly HeadMeasure[];
  readonly dropped: ShippedData["dropped"];
  /** What stands between the markers of the present card. */
  readonly notes: string;
};

/** Every figure is of the run that writes the card; only the notes are written by hand. */
export function renderModelCard({ manifest, measures, dropped, notes }: CardInput): string {
  return `${[
    "# Model card: the shipped heads",
    "Written by `npm run train-heads`, all but the notes. One linear head each on the vector of the encoder " +
      `\`${manifest.name}\` (${manifest.dimensions} numbers), hashed character ` +
      "1–4-grams and base forms. Confidence is calibrated out of fold on written lines.",
    `Test lines were written independently and frozen (\`tests/FROZEN.sha256\`) before the first training. ` +
      `${dropped.written} written and ${dropped.weak} rule-labelled training lines were left out because they share ` +
      "twelve characters in a row with a test line.",
    "## Summary",
    summaryTable(measures),
    '"Characters" is the same trainer on character n-grams alone; "majority" always gives the most frequent label. ' +
      "For topics, accuracy is an exact match of the whole set, and ECE is over the topics given.",
    "## What fails, and what this is not for",
    `${NOTES_START}\n${notes.trim()}\n${NOTES_END}`,
    ...measures.flatMap(renderHead),
  ].join("\n\n")}\n`;
}

/** @returns the hand-written part of a card, or undefined where there is none yet */
export function readNotes(card: string): string | undefined {
  const start = card.indexOf(NOTES_START);
  const end = card.indexOf(NOTES_END);
  return start < 0 || end < start ? undefined : card.slice(start + NOTES_START.length, end).trim();
}

function summaryTable(measures: readonly HeadMeasure[]): string {
  const rows = measures.flatMap(({ name, tests }) =>
    tests.map(({ set, head, characters, majority }) => [
      name,
      set,
      String(head.n),
      ...[head, characters, majority].map(({ macroF1 }) => fixed(macroF1)),
      ...[head, characters, majority].map(({ accuracy }) => fixed(accuracy)),
      fixed(head.ece),
    ]),
  );
  const columns = "head|test|n|macro-F1|characters|majority|accuracy|characters|majority|ECE";
  return table(columns.split("|"), rows);
}

function renderHead({ name, written, weak, crossValidated, tests }: HeadMeasure): string[] {
  return [
    `## ${name}`,
    `Trained on ${written} written lines and ${weak} rule-labelled voices. Cross-validated on the written lines: ` +
      `macro-F1 ${fixed(crossValidated.macroF1)}, micro-F1 ${fixed(crossValidated.microF1)}, ` +
      `accuracy ${fixed(crossValidated.accuracy)}, ECE ${fixed(crossValidated.ece)}.`,
    ...tests.flatMap(({ set, head }) => [`### ${name} on ${set}`, labelTable(head)]),
  ];
}

function labelTable(evaluation: Evaluation): string {
  const rows = Object.entries(evaluation.perLabel)
    .filter(([, { support }]) => support > 0)
    .map(([label, { precision, recall, f1, support }]) => [
      label,
      fixed(precision),
      fixed(recall),
      fixed(f1),
      String(support),
    ]);
  return table(["label", "precision", "recall", "F1", "support"], rows);
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function fixed(value: number): string {
  return value.toFixed(3);
}
