import { HARM_NAME, harmSureness, SUSPECTED_HARM_NOTE, SUSPECTED_NAME } from "../bodily-harm.ts";
import { WEEK_WORDS } from "../common-report.ts";
import { outcomeText, saidBy } from "../decisions.ts";
import { figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { graveToWatch } from "../grave-topics.ts";
import { labelsOf } from "../page/voice-lists.ts";
import { numberedVoices, voiceNumbers } from "../page/voice-numbers.ts";
import { plainText } from "../sentence.ts";
import { shortLabel } from "../topic-table.ts";
import {
  prioritiesSection,
  priorityCounts,
  priorityRatio,
  priorityReasons,
} from "../weekly/priorities-section.ts";
import { signalSentence, signalTitle } from "../weekly/signal-sentences.ts";
import { signalsSection } from "../weekly/signals-section.ts";
import { noTermsText, termsSection } from "../weekly/terms-section.ts";
import { voicesSection } from "../weekly/voices-section.ts";
import type { WeeklyReport } from "../weekly/weekly-report.ts";
import { changeText, SECTION_TITLES } from "../words.ts";
import { ruleBlocks } from "./common-sections.ts";
import { count, detail, ratio, text } from "./move-columns.ts";
import { type Block, linkedLines, noteBlock, type Section } from "./outline.ts";
import { rulesIn } from "./plain-html.ts";
import { quotedVoices } from "./quoted-voice.ts";

export function prioritiesOutline(report: WeeklyReport): Section {
  const none = noteBlock("今週は、優先して取り上げるだけの件数がある話題はありません。");
  const items = report.priorities.flatMap((priority) => priorityBlock(report, priority));
  return {
    id: "priorities",
    title: "優先事項",
    message: prioritiesMessage(report),
    blocks: [
      ...harmBlocks(report),
      ...watchBlocks(report),
      ...(items.length === 0 ? [none] : items),
      ...ruleBlocks(rulesIn(prioritiesSection(report))),
    ],
  };
}

function prioritiesMessage(report: WeeklyReport): string {
  const labels = labelsOf(report);
  const [first, ...rest] = report.priorities.map(({ topic }) => labels.get(topic) ?? topic);
  if (first === undefined) return "今週は、優先して取り上げるだけの件数がある話題はありません";
  const then = rest.map((label) => `「${shortLabel(label)}」`).join("");
  return `まず話し合いたい話題は「${first}」です${then === "" ? "" : `。次に${then}`}`;
}

function harmBlocks({ harm, figures, voices }: WeeklyReport): Block[] {
  if (harm === null) return [];
  const { value, voiceIds } = figureOf(figures, harm.figure);
  const sureness = harmSureness(figures, harm);
  return [
    noteBlock(
      `${HARM_NAME}が${formatCount(value)}件あります（${sureness}）${numbersOf(voiceIds, voices, ["：", ""])}。まず内容をご確認ください。`,
    ),
  ];
}

/** Voices that a sentence names; a page leads to all. */
const VOICES_NAMED = 20;

function numbersOf(
  ids: readonly string[],
  voices: WeeklyReport["voices"],
  [before, after]: readonly [string, string],
): string {
  const shown = numberedVoices(ids, voices).slice(0, VOICES_NAMED);
  const named = voiceNumbers(shown, ids.length);
  return named === "" ? "" : `${before}${named}${after}`;
}

/** What no finding and no priority speaks of, and somebody must look at. */
export function watchBlocks(
  report: Pick<WeeklyReport, "suspectedHarm" | "doubtedTopics" | "topics" | "figures" | "voices">,
): Block[] {
  const { suspectedHarm, figures, voices } = report;
  const blocks: Block[] = [];
  if (suspectedHarm !== null) {
    const { value, voiceIds } = figureOf(figures, suspectedHarm);
    const numbers = numbersOf(voiceIds, voices, ["：", ""]);
    blocks.push(
      noteBlock(
        `${SUSPECTED_NAME}が${formatCount(value)}件あります（推定）${numbers}。${SUSPECTED_HARM_NOTE}`,
      ),
    );
  }
  const grave = graveToWatch(report).map(({ sentence, voiceIds }) => {
    return noteBlock(`${plainText(sentence)}${numbersOf(voiceIds, voices, ["（", "）"])}`);
  });
  return [...blocks, ...grave];
}

function priorityBlock(
  report: WeeklyReport,
  priority: WeeklyReport["priorities"][number],
): Block[] {
  const line = report.topics.find((each) => each.topic === priority.topic);
  if (line === undefined) return [];
  const { decided } = priority;
  const counts = plainText(priorityCounts(report, line));
  const change = changeText(line.change, WEEK_WORDS.previous);
  return [
    {
      type: "item",
      title: line.label,
      lines: [
        `${counts}　${change}${priorityRatio(report, line)}`,
        plainText(priorityReasons(report, priority, line)),
        ...(decided === null
          ? []
          : [
              `前回決めたこと：${decided.decision.text}（${saidBy(decided.decision)}）　${outcomeText(decided)}`,
            ]),
      ],
      quotes: quotedVoices(report, priority.quotes),
    },
  ];
}

/** Nothing where the value is of a time before there were any. */
export function signalsOutline(report: WeeklyReport): Section[] {
  const { signals } = report;
  if (signals === null) return [];
  const labels = labelsOf(report);
  const items = signals.rows.map(
    (signal): Block => ({
      type: "item",
      title: signalTitle(signal, labels),
      ...linkedLines(signalSentence(report, signal)),
      quotes: quotedVoices(report, signal.quotes),
    }),
  );
  const none = signals.isTested
    ? {
        message: "急に重なった声は、今週はありません",
        note: "件数は少なくても急に重なった声は、今週はありません。",
      }
    : {
        message: "早期の兆しは、過去の週が足りないため、まだ調べていません",
        note: "比べられる過去の週が足りないため、まだ調べていません。",
      };
  return [
    {
      id: "signals",
      title: SECTION_TITLES.signals,
      isUntested: !signals.isTested,
      message:
        items.length === 0 ? none.message : `急に重なった声が${items.length}か所で見つかりました`,
      blocks: [
        ...(items.length === 0 ? [noteBlock(none.note)] : items),
        ...ruleBlocks(rulesIn(signalsSection(report))),
      ],
    },
  ];
}

export function termsOutline(report: WeeklyReport): Section {
  const { rows } = report.risingTerms;
  const none = noteBlock(noTermsText(report));
  const table: Block = {
    type: "table",
    title: SECTION_TITLES.terms,
    columns: [
      text("ことば"),
      count("件数"),
      count("前の件数"),
      ratio("倍率"),
      detail(ratio("対数尤度比")),
    ],
    rows: rows.map(({ term, others, figure, before, ratio: times, g2 }) => [
      [term, ...others].join("／"),
      figureOf(report.figures, figure).value,
      before,
      times,
      g2,
    ]),
  };
  return {
    id: "terms",
    title: SECTION_TITLES.terms,
    message: termsMessage(rows.map(({ term }) => term)),
    blocks: [rows.length === 0 ? none : table, ...ruleBlocks(rulesIn(termsSection(report)))],
  };
}

/** Terms that a heading names. */
const TERMS_NAMED = 3;

function termsMessage(terms: readonly string[]): string {
  const named = terms.slice(0, TERMS_NAMED).map((term) => `「${term}」`);
  const rest = terms.length > TERMS_NAMED ? `など${terms.length}語` : "";
  return terms.length === 0
    ? "はっきり増えたことばはありません"
    : `はっきり増えたことばは、${named.join("")}${rest}です`;
}

/** Nothing where the priorities show all that was chosen. */
export function voicesOutline(report: WeeklyReport): Section[] {
  const labels = labelsOf(report);
  const blocks = report.priorities
    .filter(({ moreQuotes }) => moreQuotes.length > 0)
    .map(
      ({ topic, moreQuotes }): Block => ({
        type: "item",
        title: labels.get(topic) ?? topic,
        lines: [],
        quotes: quotedVoices(report, moreQuotes),
      }),
    );
  if (blocks.length === 0) return [];
  return [
    {
      id: "voices",
      title: "声",
      blocks: [...blocks, ...ruleBlocks(rulesIn(voicesSection(report)))],
    },
  ];
}
