import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputError, StorageError } from "../../pipeline/errors.ts";
import type { Home } from "../../pipeline/home.ts";
import type { ReportPeriod } from "../../pipeline/period.ts";
import { type Figure, LISTED } from "../figure.ts";
import { cleanText } from "../formats/clean-text.ts";
import { warehouseEffects } from "../read-warehouse.ts";
import { allVoiceIds } from "../voices/bounded-lists.ts";
import { countedSpan } from "../voices/listed-voices.ts";
import { type Voice, voicesOf } from "../voices/voice.ts";
import { HELD_BACK, KIND_WORDS, SENTIMENT_WORDS } from "../words.ts";
import { newestReport } from "./make-report.ts";
import { type FrozenReport, readKnownValue } from "./write-report.ts";

export type WrittenVoices = {
  readonly label: string;
  /** Rows of the file: the number that the report prints. */
  readonly count: number;
  /** Of these, voices that are in the warehouse no more, or not on the day that they were. */
  readonly missing: number;
  readonly file: string;
};

/**
 * Writes all voices that a figure of a frozen report counted into a table beside the reports: the very ids of then,
 * with their masked words of today.
 */
export function writeVoices(
  home: Home,
  period: ReportPeriod,
  figureId: string,
): Promise<WrittenVoices> {
  // In turn with forgetting, which removes these files: words that were read before it would come back.
  return home.reportInTurn(() => writeInTurn(home, period, figureId));
}

async function writeInTurn(
  home: Home,
  period: ReportPeriod,
  figureId: string,
): Promise<WrittenVoices> {
  const frozen = await newestReport(home, period);
  if (frozen === undefined) {
    throw new InputError(
      `${period.name} の凍結された報告書がありません。先に kizuki report ${period.job} --period ${period.name} で作ってください。`,
    );
  }
  const report = readKnownValue(period, frozen.value);
  const figure = knownFigure(report, figureId);
  const ids = allVoiceIds(figure, report);
  const { rows } = await warehouseEffects(home.warehouse.reader).readVoices(
    ids,
    countedSpan(report),
  );
  const voices = voicesOf(rows, []);
  const file = voicesFile(home, period, figureId);
  write(file, csvOf(ids.map((id) => rowOf(id, voices[id]))));
  return { label: figure.label, count: ids.length, missing: ids.length - rows.length, file };
}

/** Copies of words: whoever forgets a voice takes them all away, and the command makes them again. */
export function removeVoices({ config }: Pick<Home, "config">): void {
  rmSync(join(config.home, "reports", FOLDER), { recursive: true, force: true });
}

const FOLDER = "voices";

function knownFigure(report: FrozenReport, id: string): Figure {
  // 「constructor」 is in every object.
  const figure = Object.hasOwn(report.figures, id) ? report.figures[id] : undefined;
  if (figure !== undefined) return figure;
  const known = Object.values(report.figures)
    .filter(({ value }) => value > 0)
    .sort((left, right) => left.position - right.position)
    .map((each) => `  ${each.id}  ${each.label}`);
  throw new InputError(
    `${report.period.name} の報告書に数字「${id}」がありません。期待: 次のどれか（${LISTED} 件を超える数字の名前は、報告書の一覧の下にもあります）。\n${known.join("\n")}`,
  );
}

function voicesFile({ config }: Home, { name }: ReportPeriod, figureId: string): string {
  return join(config.home, "reports", FOLDER, `${name}.${encodeURIComponent(figureId)}.csv`);
}

const HEADER = [
  "番号",
  "受付日",
  "商品",
  "場所",
  "感情（推定）",
  "声の種類（推定）",
  "本文",
  "取り込み元",
];

function rowOf(id: string, voice: Voice | undefined): string[] {
  if (voice === undefined)
    return [id, "", "", "", "", "", "（いまのデータベースにない声です）", ""];
  const { receivedOn, product, place, sentiment, kind, text, source } = voice;
  const kindWord = kind === null ? HELD_BACK : KIND_WORDS[kind];
  return [
    id,
    receivedOn,
    product ?? "",
    place ?? "",
    SENTIMENT_WORDS[sentiment],
    kindWord,
    text,
    source,
  ];
}

/** With the mark by which Excel reads it as UTF-8. */
function csvOf(rows: readonly string[][]): string {
  const lines = [HEADER, ...rows].map((cells) => cells.map(cell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}

/** What a spreadsheet would take for a formula gets an apostrophe before it. */
function cell(text: string): string {
  const clean = cleanText(text);
  const safe = /^\s*[=+\-@＝＋－＠]/u.test(clean) ? `'${clean}` : clean;
  return `"${safe.replaceAll('"', '""')}"`;
}

function write(file: string, contents: string): void {
  try {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(`${file}.tmp`, contents);
    renameSync(`${file}.tmp`, file);
  } catch (cause) {
    const message = `声の表を ${file} に書けません（ディスクの空きと権限を確かめてください）。`;
    throw new StorageError(message, { cause });
  }
}
