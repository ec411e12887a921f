import { shortId } from "../../pipeline/schema/short-id.ts";
import { LISTED } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import type { Block, Cell, Column, Outline, Section, Table } from "../outline/outline.ts";
import type { AnyReport } from "../outline/outline-of.ts";
import { labelsOf } from "../page/voice-lists.ts";
import type { Voice, VoiceSegment } from "../voices/voice.ts";
import { HELD_BACK, KIND_WORDS, NO_TOPICS, SENTIMENT_WORDS } from "../words.ts";

/** A table with the name of its sheet. */
export type WorkbookSheet = Table & {
  readonly name: string;
  /** A column to be filled in, from 0, and what Excel lets be chosen there. */
  readonly choices?: { readonly column: number; readonly values: readonly string[] };
  /** From 0: not for people. */
  readonly hiddenColumn?: number;
  /** Rows below the heading that paper is worth, where that is not all. */
  readonly printedRows?: number;
};

/** Of lists that are sorted and sought in: printed whole, a week of five hundred voices is sixty sheets. */
const LIST_PRINTED = 30;

/** The sheets of a workbook: what the report says, one for each table and list, then every voice and sentence behind it. */
export function workbookSheets(report: AnyReport, outline: Outline): WorkbookSheet[] {
  const sheets = [
    ...outline.sections.flatMap(sectionSheets),
    voicesSheet(report),
    segmentsSheet(report),
  ];
  return [summarySheet(outline, sheets), ...sheets];
}

const text = (title: string): Column => ({ title, kind: "text" });

/** What is said in words, and where the rest is. */
function summarySheet(
  { title, kind, period, subtitle, sections }: Outline,
  sheets: readonly WorkbookSheet[],
): WorkbookSheet {
  const contents = sheets.map(
    ({ name, rows, printedRows }) =>
      `「${name}」${formatCount(rows.length)}行${printedRows === undefined || rows.length <= printedRows ? "" : `（印刷範囲は、はじめの${printedRows}行）`}`,
  );
  const lines = sections.flatMap((section) =>
    section.blocks.flatMap((block) =>
      block.type === "lines" ? block.lines.map((line): Cell[] => [section.title, line]) : [],
    ),
  );
  return {
    name: "報告",
    columns: [text("項目"), text("内容")],
    rows: [
      ["題", title],
      ["種類", kind],
      ["期間", period],
      ["対象", subtitle],
      ...lines,
      ["ほかのシート", contents.join("、")],
    ],
  };
}

function sectionSheets({ id, title, blocks, sheet }: Section): WorkbookSheet[] {
  const tables = blocks.flatMap((block): WorkbookSheet[] =>
    block.type === "table" ? [{ name: block.title, ...block }] : [],
  );
  const items = blocks.flatMap(itemRows);
  const facts = blocks.flatMap((block) =>
    block.type === "facts" ? block.facts.map(({ term, text }): Cell[] => [term, text]) : [],
  );
  return [
    ...(sheet === undefined ? tables : [{ name: sheet.title, ...sheet }]),
    ...sheetOf(title, ["項目", "説明", "声", "受付日・場所・番号"], items),
    ...sheetOf(title, id === "definitions" ? ["ことば", "意味"] : ["項目", "内容"], facts),
  ];
}

/** A sheet of those columns that say something. */
function sheetOf(name: string, titles: readonly string[], rows: Cell[][]): WorkbookSheet[] {
  const used = titles.flatMap((title, index) =>
    rows.some((cells) => (cells[index] ?? "") !== "") ? [{ title, index }] : [],
  );
  if (used.length === 0) return [];
  const kept = rows.map((cells) => used.map(({ index }) => cells[index] ?? null));
  return [{ name, columns: used.map(({ title }) => text(title)), rows: kept }];
}

function itemRows(block: Block): Cell[][] {
  if (block.type !== "item") return [];
  const head = [block.title, block.lines.join("\n")];
  if (block.quotes.length === 0) return [[...head, null, null]];
  return block.quotes.map(({ text, where }) => [...head, text, where]);
}

function voicesSheet(report: AnyReport): WorkbookSheet {
  const labels = labelsOf(report);
  return {
    name: report.unlisted === "" ? "すべての声" : `声（数字ごとに${LISTED}件まで）`,
    printedRows: LIST_PRINTED,
    columns: [
      text("番号"),
      { title: "受付日", kind: "day" },
      text("期間"),
      text("商品"),
      text("場所"),
      text("感情"),
      text("声の種類"),
      text("話題"),
      { title: "文の数", kind: "count" },
      text("本文"),
      text("取り込み元"),
    ],
    rows: newestFirst(report).map(([id, voice]) => [
      shortId(id),
      voice.receivedOn,
      spanOf(report, voice),
      voice.product,
      voice.place,
      SENTIMENT_WORDS[voice.sentiment],
      kindWord(voice.kind),
      topicNames(labels, voice.segments),
      voice.segments.length,
      voice.text,
      voice.source,
    ]),
  };
}

function segmentsSheet(report: AnyReport): WorkbookSheet {
  const labels = labelsOf(report);
  return {
    name: "文",
    printedRows: LIST_PRINTED,
    columns: [
      text("番号"),
      { title: "受付日", kind: "day" },
      text("期間"),
      text("文"),
      text("感情"),
      text("声の種類"),
      text("話題"),
      text("確認済のタグ"),
    ],
    rows: newestFirst(report).flatMap(([id, voice]) => {
      const characters = [...voice.text];
      return voice.segments.map((segment): Cell[] => [
        shortId(id),
        voice.receivedOn,
        spanOf(report, voice),
        characters.slice(segment.start, segment.end).join(""),
        segment.sentiment === null ? HELD_BACK : SENTIMENT_WORDS[segment.sentiment],
        kindWord(segment.kind),
        topicNames(labels, [segment]),
        confirmedWords(labels, segment),
      ]);
    }),
  };
}

function newestFirst({ voices }: AnyReport): [string, Voice][] {
  return Object.entries(voices).sort(
    ([leftId, left], [rightId, right]) =>
      compare(right.receivedOn, left.receivedOn) || compare(leftId, rightId),
  );
}

/** 気づき may be about voices from before both periods. */
function spanOf({ period, previous }: AnyReport, { receivedOn }: Voice): string {
  if (receivedOn >= period.from) return "この期間";
  return receivedOn >= previous.from ? "前の期間" : "それより前";
}

function confirmedWords(
  labels: ReadonlyMap<string, string>,
  { kind, sentiment, confirmed, byPerson = [] }: VoiceSegment,
): string {
  const words = {
    kind: kindWord(kind),
    sentiment: sentiment === null ? "" : SENTIMENT_WORDS[sentiment],
    topics: NO_TOPICS,
  };
  const topics = confirmed.map((topic) => labels.get(topic) ?? topic);
  return [...byPerson.map((head) => words[head]), ...topics].join("、");
}

function kindWord(kind: Voice["kind"]): string {
  return kind === null ? HELD_BACK : KIND_WORDS[kind];
}

function topicNames(
  labels: ReadonlyMap<string, string>,
  segments: readonly VoiceSegment[],
): string {
  const topics = new Set(segments.flatMap((segment) => segment.topics));
  return [...topics].map((topic) => labels.get(topic) ?? topic).join("、");
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
