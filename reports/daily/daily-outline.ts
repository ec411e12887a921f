import { countCodePoints, sliceCodePoints } from "../../pipeline/text/code-points.ts";
import { figureOf } from "../figure.ts";
import { formatCount, formatDate, formatDay, formatPeriodName } from "../format-japanese.ts";
import { count, text } from "../outline/common-sections.ts";
import { type Block, noteBlock, type Outline, type Section } from "../outline/outline.ts";
import { quotedVoices } from "../outline/quoted-voice.ts";
import { reportKind } from "../theme/theme.ts";
import { FEWEST_REFERENCE_WEEKS, REFERENCE_WEEKS } from "../weekly/signals.ts";
import type { DailyReport } from "./daily-report.ts";
import { changeClause, changeWords, levelWords, usualDayWords } from "./daily-words.ts";
import { USUAL_DAYS_BACK } from "./usual-level.ts";

/** Code points of a voice that may tell of bodily harm, and of those how many before the words that say so. */
const LONGEST_HARM = 300;
const BEFORE_HARM = 60;

/** What a digest says, in the order of its page; of a day without any voice one line. Same value, same outline. */
export function dailyOutline(report: DailyReport): Outline {
  const { title, period, revision, asOf } = report;
  const voices = countIn(report, "all");
  return {
    title,
    kind: reportKind(report),
    period: `${formatPeriodName(period.name)}${revision > 1 ? ` 第${revision}版` : ""}`,
    subtitle: `声 ${formatCount(voices)} 件　${formatDate(asOf)}作成`,
    sections:
      voices === 0
        ? [
            {
              id: "headlines",
              title: "見出し",
              blocks: [{ type: "lines", lines: [emptyDay(report)] }],
            },
          ]
        : [
            headlines(report),
            ...harmSections(report),
            ...signalsSection(report),
            subjectsSection(report),
            ...voicesSection(report),
            notesSection(report),
          ],
  };
}

/** So that a missing file is not taken for a quiet day. */
function emptyDay(report: DailyReport): string {
  const { level } = report.usual;
  const usual =
    level === null || level < 1
      ? ""
      : `${usualDayWords(report)}は${levelWords(level)}ですので、取り込みもお確かめください。`;
  return `${formatDay(report.period.from)}に届いた声はありません。${usual}`;
}

function headlines(report: DailyReport): Section {
  const { signals } = report;
  const value = (id: string) => formatCount(countIn(report, id));
  const harm = countIn(report, "harm");
  const counted = `声は${value("all")}件で、うちネガティブを含む声が${value("negative")}件、お褒めを含む声が${value("praise")}件です（推定）。`;
  return {
    id: "headlines",
    title: "見出し",
    blocks: [
      {
        type: "lines",
        lines: [
          `${counted}${changeClause(report)}`,
          harm === 0
            ? `お体への害をうかがわせる声は見つかっていません（推定）。${report.suspectedHarm.length === 0 ? "" : "疑いのある声は、確かなものと分けて下に載せています。"}`
            : `お体への害をうかがわせる声が${formatCount(harm)}件あります（推定）。先にお読みください。`,
          signalsLine(signals),
        ],
      },
    ],
  };
}

function signalsLine({ isTested, rows }: DailyReport["signals"]): string {
  if (!isTested) {
    return `比べられる過去の週が${FEWEST_REFERENCE_WEEKS}週に満たないため、早期の兆しはまだ調べていません。`;
  }
  return rows.length === 0
    ? "新しい早期の兆しはありません。"
    : `新しい早期の兆しが${formatCount(rows.length)}件あります。`;
}

function harmSections(report: DailyReport): Section[] {
  const { harm, suspectedHarm } = report;
  return [
    ...harmSection(report, "harm", "お体への害をうかがわせる声（推定）", harm),
    ...harmSection(
      report,
      "harm-suspected",
      "お体への害の疑い（推定・確かではありません）",
      suspectedHarm,
    ),
  ];
}

function harmSection(
  report: DailyReport,
  id: string,
  title: string,
  shown: DailyReport["harm"],
): Section[] {
  if (shown.length === 0) return [];
  const rest = countIn(report, id) - shown.length;
  const lines =
    rest === 0 ? [] : [`ほかに${formatCount(rest)}件あります。声の一覧をご覧ください。`];
  const quotes = shown.flatMap(({ voiceId, start }) =>
    quotedVoices(listedReport(report), [{ voiceId }]).map((quote) => ({
      ...quote,
      text: excerpt(quote.text, start),
    })),
  );
  return [{ id, title, blocks: [{ type: "item", title: "", lines, quotes }] }];
}

/** These are not chosen by their length: a long one is cut around the words that it is shown for. */
function excerpt(text: string, start: number): string {
  const from = Math.max(0, Math.min(start - BEFORE_HARM, countCodePoints(text) - LONGEST_HARM));
  const until = from + LONGEST_HARM;
  return `${from > 0 ? "…" : ""}${sliceCodePoints(text, from, until)}${until < countCodePoints(text) ? "…" : ""}`;
}

function signalsSection(report: DailyReport): Section[] {
  const { signals, topicLabels, figures } = report;
  if (signals.rows.length === 0) return [];
  const blocks = signals.rows.map(
    ({ subject, lot, topic, weeks, figure, customers, before, quotes }): Block => ({
      type: "item",
      title: `${subject}${lot === null ? "" : `（ロット ${lot}）`}　${topicLabels[topic] ?? topic}`,
      lines: [
        `この${weeks * 7}日間に${formatCount(figureOf(figures, figure).value)}件（${formatCount(customers)}名）。過去${REFERENCE_WEEKS}週では、合わせて${formatCount(before)}名（週ごとに数えた延べ人数）でした。件数が少ないので、原因や広がりはまだわかりません。`,
      ],
      quotes: quotedVoices(listedReport(report), quotes),
    }),
  );
  return [{ id: "signals", title: "新しい早期の兆し", blocks }];
}

function subjectsSection(report: DailyReport): Section {
  const { subjects, others } = report;
  const rest = [
    ...(others.subjects === 0
      ? []
      : [`ほかに${formatCount(others.subjects)}の商品・場所に${formatCount(others.voices)}件。`]),
    ...(others.unnamed === 0
      ? []
      : [
          `商品の欄も場所の欄も空の声が${formatCount(others.unnamed)}件（本文に出てくる商品名は数えていません）。`,
        ]),
  ];
  const title = "商品ごとの声";
  return {
    id: "subjects",
    title,
    blocks: [
      {
        type: "table",
        title,
        columns: [text("商品・場所"), count("件数"), text(usualDayWords(report)), text("比べると")],
        rows: subjects.map(({ subject, figure, usual }) => [
          subject,
          countIn(report, figure),
          usual.level === null ? "―" : levelWords(usual.level),
          changeWords(usual.change),
        ]),
      },
      ...(rest.length === 0 ? [] : [noteBlock(rest.join(""))]),
    ],
  };
}

function voicesSection(report: DailyReport): Section[] {
  const quotes = quotedVoices(listedReport(report), report.quotes);
  if (quotes.length === 0) return [];
  const title = `声（${formatCount(countIn(report, "all"))}件のうち${quotes.length}件）`;
  return [{ id: "voices", title, blocks: [{ type: "item", title: "", lines: [], quotes }] }];
}

function notesSection(report: DailyReport): Section {
  const { usualDays, countedBefore, revision, expected } = report;
  const missing = expected.filter(({ hasArrived }) => !hasArrived).map(({ source }) => source);
  const notes = [
    ...(missing.length === 0 ? [] : [`${missing.join("、")}からの声は、まだ届いていません。`]),
    ...(countedBefore === null
      ? []
      : [`訂正: 第${revision - 1}版では声は${formatCount(countedBefore)}件でした。`]),
    "あとから届いた声は入っていません。週次の報告書で数えます。",
    usualDays.days.length === 0
      ? "いつもの日と比べられるだけの日数が、まだありません。"
      : `「${usualDayWords(report)}」は、直前の${USUAL_DAYS_BACK}日のうち${usualDays.days.length}日の平均です。祝日、年末年始、お盆は、日曜と合わせて「休日」として比べます。増えた・減ったは、偶然では説明しにくいときにだけ書いています。`,
    "早期の兆しは、この日までの7日間と14日間を過去の週と比べ、前の日の集計には出ていなかったものだけを載せています。",
    "声は、その話題をよく表しているものから選んでいます。声の種類と感情は、機械が読み取った目安（推定）です。",
  ];
  return { id: "notes", title: "注記", blocks: [noteBlock(...notes)] };
}

/** As the lists of voices take it. */
export function listedReport(report: DailyReport) {
  return { ...report, topics: [] };
}

export function countIn({ figures }: DailyReport, id: string): number {
  return figureOf(figures, id).value;
}
