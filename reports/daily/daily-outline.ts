import { HARM_NAME, harmSureness, SUSPECTED_NAME } from "../bodily-harm.ts";
import { figureOf } from "../figure.ts";
import { formatCount, formatDate, formatPeriodName } from "../format-japanese.ts";
import { count, text } from "../outline/move-columns.ts";
import {
  type Block,
  linkedLines,
  noteBlock,
  type Outline,
  type Section,
} from "../outline/outline.ts";
import { quotedVoices } from "../outline/quoted-voice.ts";
import { countPart, plainText, type Sentence } from "../sentence.ts";
import { reportKind } from "../theme/theme.ts";
import { shortLabel } from "../topic-table.ts";
import { customersPart, signalTitle } from "../weekly/signal-sentences.ts";
import { FEWEST_REFERENCE_WEEKS, REFERENCE_WEEKS } from "../weekly/signals.ts";
import type { DailyReport } from "./daily-report.ts";
import {
  changeClause,
  changeWords,
  correctionNotes,
  emptyDay,
  levelWords,
  subjectWords,
  usualDayWords,
} from "./daily-words.ts";
import { UNNAMED } from "./subjects.ts";
import { USUAL_DAYS_BACK } from "./usual-level.ts";

/** What a digest says, in the order of its page; of a day without any voice one line. Same value, same outline. */
export function dailyOutline(report: DailyReport): Outline {
  const { title, period, revision } = report;
  const voices = countIn(report, "all");
  return {
    title,
    kind: reportKind(report),
    period: `${formatPeriodName(period.name)}${revision > 1 ? ` 第${revision}版` : ""}`,
    subtitle: plainText(subtitleOf(report)),
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

/** Grave topics that a line names. */
const GRAVE_NAMED = 4;

/** How many voices, and when it was made. */
export function subtitleOf({ figures, asOf }: DailyReport): Sentence {
  const all = formatCount(figureOf(figures, "all").value);
  return ["声 ", { figure: "all", text: all }, ` 件　${formatDate(asOf)}作成`];
}

function headlines(report: DailyReport): Section {
  const { signals } = report;
  const part = (id: string) => countPart(report.figures, id);
  return {
    id: "headlines",
    title: "見出し",
    blocks: [
      {
        type: "lines",
        ...linkedLines(
          [
            "声は",
            part("all"),
            "で、うちネガティブを含む声が",
            part("negative"),
            "、お褒めを含む声が",
            part("praise"),
            `です（推定）。${changeClause(report)}`,
          ],
          ...safetyLines(report),
          [signalsLine(signals)],
        ),
      },
    ],
  };
}

/** No find of a machine is an all-clear. */
const MAY_BE_MISSED = "機械は見落とすことがありますので、これだけで安全とは言えません。";

/** Harm, then grave topics; both are told where there are none too. */
function safetyLines(report: DailyReport): Sentence[] {
  const { grave, suspectedHarm, figures, topicLabels } = report;
  const suspicion: Sentence =
    suspectedHarm.length === 0
      ? []
      : [
          SUSPECTED_NAME,
          countPart(figures, "harm-suspected"),
          "は、確かなものと分けて下に載せています。",
        ];
  const harm: Sentence =
    countIn(report, "harm") === 0
      ? [
          `${HARM_NAME}は見つかっていません（推定）。`,
          ...suspicion,
          ...(grave === null || countIn(report, "grave") > 0 ? [MAY_BE_MISSED] : []),
        ]
      : [
          `${HARM_NAME}が`,
          countPart(figures, "harm"),
          `あります（${sureness(report)}）。先にお読みください。`,
          ...suspicion,
        ];
  if (grave === null) return [harm];
  const named = grave.topics.map((topic) => shortLabel(topicLabels[topic] ?? topic));
  const topics = `急いで確かめたい話題（${named.slice(0, GRAVE_NAMED).join("、")}${named.length > GRAVE_NAMED ? "など" : ""}）`;
  const above = shownAsHarm(report);
  const found: Sentence = [
    `${topics}の声が`,
    countPart(figures, "grave"),
    `あります（${graveSureness(report)}）。`,
    ...(above === 0
      ? ["あわせてお読みください。"]
      : [
          "うち",
          { figure: "grave", text: `${formatCount(above)}件` },
          `は、${HARM_NAME}か、${SUSPECTED_NAME}にも数えています。`,
        ]),
  ];
  const isTold = countIn(report, "harm") > 0 || suspectedHarm.length > 0;
  const none = `${isTold ? "このほかに、" : ""}${topics}の声は見つかっていません（推定）。${MAY_BE_MISSED}`;
  return [harm, countIn(report, "grave") === 0 ? [none] : found];
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
  const { harm, suspectedHarm, grave } = report;
  const title = `急いで確かめたい話題の声（${graveSureness(report)}）`;
  return [
    ...harmSection(report, "harm", `${HARM_NAME}（${sureness(report)}）`, harm),
    ...harmSection(
      report,
      "harm-suspected",
      `${SUSPECTED_NAME}（推定・確かではありません）`,
      suspectedHarm,
    ),
    ...harmSection(report, "grave", title, grave?.quotes ?? []),
  ];
}

function sureness({ figures, harmConfirmed }: DailyReport): string {
  return harmSureness(figures, { figure: "harm", confirmed: harmConfirmed });
}

function graveSureness({ figures, grave }: DailyReport): string {
  return harmSureness(figures, { figure: "grave", confirmed: grave?.confirmed ?? 0 });
}

function harmSection(
  report: DailyReport,
  id: string,
  title: string,
  shown: DailyReport["harm"],
): Section[] {
  if (shown.length === 0) return [];
  const above = id === "grave" ? shownAsHarm(report) : 0;
  const rest = countIn(report, id) - shown.length - above;
  const part = (count: number) => ({ figure: id, text: `${formatCount(count)}件` });
  const lines = linkedLines(
    ...(above === 0 ? [] : [[part(above), "は、上に載せています。"]]),
    ...(rest === 0 ? [] : [["ほかに", part(rest), "あります。声の一覧をご覧ください。"]]),
  );
  const quotes = quotedVoices(listedReport(report), shown);
  return [{ id, title, blocks: [{ type: "item", title: "", ...lines, quotes }] }];
}

/** Voices of a grave topic of which another sentence tells of harm: they stand above. */
function shownAsHarm({ figures, harm, suspectedHarm }: DailyReport): number {
  const grave = new Set(figureOf(figures, "grave").voiceIds);
  return [...harm, ...suspectedHarm].filter(({ voiceId }) => grave.has(voiceId)).length;
}

function signalsSection(report: DailyReport): Section[] {
  const { signals, topicLabels, figures } = report;
  if (signals.rows.length === 0) return [];
  const blocks = signals.rows.map(
    (signal): Block => ({
      type: "item",
      title: signalTitle(signal, new Map(Object.entries(topicLabels))),
      ...linkedLines([
        `この${signal.weeks * 7}日間に、`,
        ...customersPart(figures, signal),
        `過去${REFERENCE_WEEKS}週では延べ${formatCount(signal.before)}名でした（週ごとに数えています）。人数が少ないので、原因や広がりはまだわかりません。`,
      ]),
      quotes: quotedVoices(listedReport(report), signal.quotes),
    }),
  );
  return [{ id: "signals", title: "新しい早期の兆し", blocks }];
}

function subjectsSection(report: DailyReport): Section {
  const { subjects, others, usualDays } = report;
  // Two columns that say on every row that there is nothing to compare with are noise.
  const isCompared = usualDays.days.length > 0;
  const unnamed = `${formatCount(others.unnamed)}件`;
  const rest = [
    ...(others.subjects === 0
      ? []
      : [
          `ほかに${formatCount(others.subjects)}の商品・場所に${formatCount(others.voices)}件（`,
          { figure: "all", text: "この日のすべての声" },
          "に含まれます）。",
        ]),
    ...(others.unnamed === 0
      ? []
      : [
          "商品の欄も場所の欄も空の声が",
          report.figures[UNNAMED] === undefined ? unnamed : { figure: UNNAMED, text: unnamed },
          "（本文に出てくる商品名は数えていません）。",
        ]),
  ];
  const named = subjectWords(report);
  const title = `${named}ごとの声`;
  return {
    id: "subjects",
    title,
    blocks: [
      {
        type: "table",
        title,
        columns: [
          text(named),
          { ...count("件数"), figures: subjects.map(({ figure }) => figure) },
          ...(isCompared ? [text(usualDayWords(report)), text("比べると")] : []),
        ],
        rows: subjects.map(({ subject, figure, usual }) => [
          subject,
          countIn(report, figure),
          ...(isCompared
            ? [usual.level === null ? "―" : levelWords(usual.level), changeWords(usual.change)]
            : []),
        ]),
      },
      ...(rest.length === 0
        ? []
        : [{ type: "lines" as const, isNote: true, ...linkedLines(rest) }]),
    ],
  };
}

function voicesSection(report: DailyReport): Section[] {
  const quotes = quotedVoices(listedReport(report), report.quotes);
  if (quotes.length === 0) return [];
  const lines = linkedLines([countPart(report.figures, "all"), `のうち${quotes.length}件です。`]);
  return [{ id: "voices", title: "声", blocks: [{ type: "item", title: "", ...lines, quotes }] }];
}

function notesSection(report: DailyReport): Section {
  const { usualDays, expected } = report;
  const missing = expected.filter(({ hasArrived }) => !hasArrived).map(({ source }) => source);
  const notes = [
    ...(missing.length === 0 ? [] : [`${missing.join("、")}からの声は、まだ届いていません。`]),
    ...correctionNotes(report),
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
