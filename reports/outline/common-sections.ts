import { type AwarenessNote, withdrawnTexts } from "../awareness-notes.ts";
import { type CommonReport, spanWordsOf } from "../common-report.ts";
import { outcomeText, saidBy } from "../decisions.ts";
import { emptyDaysText } from "../empty-days.ts";
import { shareCell } from "../few-voices.ts";
import { figureOf } from "../figure.ts";
import { formatCount, formatDay } from "../format-japanese.ts";
import { cellText } from "../formats/cell-text.ts";
import type { KeyFigure } from "../key-figures.ts";
import { FEWEST_NAMED, mostSpoken } from "../most-spoken.ts";
import { completenessSection } from "../page/completeness-section.ts";
import { DECISIONS_TITLE } from "../page/decisions-section.ts";
import { definitionsSection } from "../page/definitions-section.ts";
import { barTopics } from "../page/topic-bars.ts";
import { begunNote } from "../past/past-rule.ts";
import { isFirstSpoken } from "../past/trend.ts";
import { shareIn } from "../told-moves.ts";
import { RATIO_NOTE } from "../topic-table.ts";
import {
  REASON_WORDS,
  SECTION_TITLES,
  SENTIMENT_WORDS,
  STEP_WORDS,
  UNCLEAR_NOTE,
} from "../words.ts";
import { bounds, count, detail, moveTable, share, text } from "./move-columns.ts";
import { type Block, type Cell, noteBlock, type Section } from "./outline.ts";
import { factsIn } from "./plain-html.ts";
import { quotedVoice, quotedVoices } from "./quoted-voice.ts";

export function figuresSection(report: CommonReport): Section {
  const { figures, keyFigures } = report;
  const value = (id: string) => figureOf(figures, id).value;
  const moved = moveTable(report, keyFigures, "件数");
  const hasRatio = moved.columns.some(({ kind }) => kind === "ratio");
  return {
    id: "figures",
    title: "主な数字",
    message: voicesMessage(report),
    blocks: [
      {
        type: "table",
        title: "主な数字",
        columns: [
          text("数字"),
          count("件数"),
          share("割合"),
          ...bounds(share("割合")),
          ...moved.columns,
          ...(hasRatio ? [detail(text("倍率の見方"))] : []),
        ],
        rows: keyFigures.map((line, row) => [
          line.label,
          value(line.figure),
          ...[line.share?.value, line.share?.low, line.share?.high].map((part) =>
            shareCell(part ?? null, value("all")),
          ),
          ...(moved.rows[row] ?? []),
          ...(hasRatio ? [ratioMeaning(line)] : []),
        ]),
      },
      ...ruleBlocks([emptyDaysText(report), begunNote(report)].filter((note) => note !== "")),
    ],
  };
}

/** The voices are compared by the calendar, all else by its share of them. */
function ratioMeaning({ measure, change }: KeyFigure): Cell {
  if (change === null) return null;
  return measure === "all" ? "曜日・休日をならした件数の比" : "声全体に占める割合の比";
}

/** How many voices there were, and before. */
export function voicesMessage(report: CommonReport): string {
  const { this: span, previous } = spanWordsOf(report);
  const count = (id: string) => formatCount(figureOf(report.figures, id).value);
  const line = report.keyFigures.find(({ measure }) => measure === "all");
  const before =
    line === undefined || isFirstSpoken(report.trend)
      ? ""
      : `（${previous}${count(line.previous)}件）`;
  return `${span}の声は${count("all")}件です${before}`;
}

export function topicsSection(report: CommonReport): Section {
  const { figures, topics } = report;
  const value = (id: string) => figureOf(figures, id).value;
  const moved = moveTable(report, topics, SENTIMENT_WORDS.negative);
  return {
    id: "topics",
    title: "話題と感情",
    message: topicsMessage(report),
    blocks: [
      {
        type: "table",
        title: "話題と感情",
        columns: [
          text("話題"),
          count(SENTIMENT_WORDS.negative),
          count(SENTIMENT_WORDS.neutral),
          count(SENTIMENT_WORDS.positive),
          share("ネガティブの割合"),
          ...moved.columns,
          detail(count("深刻度")),
        ],
        rows: topics.map((line, row) => [
          line.label,
          value(line.negative),
          value(line.neutral),
          value(line.positive),
          shareIn(figures, line.negative),
          ...(moved.rows[row] ?? []),
          line.severity,
        ]),
        chart: { form: "compare", columns: [1, 3] },
      },
      noteBlock(
        `その話題・感情の文を一つでも含む声の件数です。一つの声が複数の話題に数えられることがあります。${RATIO_NOTE}${isFirstSpoken(report.trend) ? "" : UNCLEAR_NOTE}`,
      ),
    ],
  };
}

export function praiseSection(report: CommonReport, rules: readonly string[] = []): Section {
  const quotes = quotedVoices(report, report.praise);
  const { this: span } = spanWordsOf(report);
  const none = noteBlock(`${span}、引用できるお褒めはありません。`);
  return {
    id: "praise",
    title: SECTION_TITLES.praise,
    message: praiseMessage(report),
    blocks: [
      quotes.length === 0 ? none : { type: "item", title: "", lines: [], quotes },
      ...ruleBlocks(rules),
    ],
  };
}

function praiseMessage({ figures, keyFigures }: CommonReport): string {
  const line = keyFigures.find(({ measure }) => measure === "praise");
  if (line === undefined) return "お褒めの声";
  const count = formatCount(figureOf(figures, line.figure).value);
  const told = cellText(shareIn(figures, line.figure), "share");
  const of = told === "" ? "" : `（声全体の${told}）`;
  return `お褒めを含む声は${count}件${of}です`;
}

export function awarenessSection(report: CommonReport): Section {
  const { current, added } = report.awareness;
  const { this: span, previous } = spanWordsOf(report);
  const block = (note: AwarenessNote, mark: string): Block => ({
    type: "item",
    title: note.reason,
    lines: [`${mark}${note.author}　${formatDay(note.addedOn)}`],
    quotes: quotedVoice(note.voiceId, report.voices[note.voiceId]),
  });
  const notes = [
    ...current.map((note) => block(note, "")),
    ...added.map((note) => block(note, `追加（${previous}までの声）　`)),
  ];
  const none = noteBlock(`${span}の声に付いた気づきはありません。`);
  return {
    id: "awareness",
    title: SECTION_TITLES.awareness,
    message: `気づきが${formatCount(notes.length)}件あります`,
    blocks: [
      ...(notes.length === 0 ? [none] : notes),
      ...withdrawnTexts(report.awareness).map((text) => noteBlock(`取り下げ：${text}`)),
    ],
  };
}

function topicsMessage({ topics, figures }: CommonReport): string {
  if (topics.length === 0) return "話題の付いた声はありません";
  if (barTopics(topics, figures).length === 0) return "話題の付いた声は、どれも中立です";
  const most = (["negative", "positive"] as const).flatMap((sentiment) => {
    const found = mostSpoken(topics, figures, sentiment);
    return found === undefined ? [] : [{ sentiment, ...found }];
  });
  if (most.length === 0) {
    return `ネガティブな声もポジティブな声も、${FEWEST_NAMED}件以上ある話題はありません`;
  }
  const said = most.map(
    ({ sentiment, line, count, tied }) =>
      `${SENTIMENT_WORDS[sentiment]}が「${line.label}」（${formatCount(count)}件${tied === "" ? "" : `、${tied}`}）`,
  );
  return `最も多い話題は、${said.join("、")}です`;
}

/** Nothing where nothing was decided. */
export function decisionsOutline({ decisions }: CommonReport): Section[] {
  const items = decisions.map(
    (each): Block => ({
      type: "item",
      title: each.decision.text,
      lines: [saidBy(each.decision), outcomeText(each), `もとの気づき：${each.reason}`],
      quotes: [],
    }),
  );
  if (items.length === 0) return [];
  const open = decisions.filter(({ outcome }) => outcome === null).length;
  const message =
    open === 0
      ? `決めた${items.length}件は、どれも結果が出ています`
      : `決めたことが${items.length}件あり、うち${open}件は結果がまだ記録されていません`;
  return [{ id: "decisions", title: DECISIONS_TITLE, message, blocks: items }];
}

export function completenessSectionOf(report: CommonReport): Section {
  const { unread, unreadTotal } = report.completeness;
  const table: Block = {
    type: "table",
    title: "読めなかった記録",
    columns: [text("ファイル"), count("行"), text("列"), text("理由"), text("工程")],
    rows: unread.map(({ file, row, column, step, reason }) => [
      file,
      row,
      column,
      REASON_WORDS[reason] ?? reason,
      STEP_WORDS[step] ?? step,
    ]),
  };
  const none = noteBlock("読めなかった記録はありません。");
  return {
    id: "completeness",
    title: "読めなかったもの",
    message:
      unreadTotal === 0
        ? "届いた記録はすべて読めました。数字の読み方は次のとおりです"
        : `読めなかった記録が${formatCount(unreadTotal)}件あります。数字の読み方は次のとおりです`,
    blocks: [
      unreadTotal === 0 ? none : table,
      ...(unread.length < unreadTotal
        ? [noteBlock(`${formatCount(unreadTotal)}件のうち、はじめの${unread.length}件です。`)]
        : []),
      { type: "facts", facts: factsIn(completenessSection(report)) },
    ],
  };
}

export function definitionsSectionOf(report: CommonReport): Section {
  const facts = factsIn(definitionsSection(report));
  return { id: "definitions", title: "定義", blocks: [{ type: "facts", facts }] };
}

export function ruleBlocks(rules: readonly string[]): Block[] {
  return rules.length === 0 ? [] : [noteBlock(...rules)];
}
