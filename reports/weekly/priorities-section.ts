import { HARM_SEVERITY } from "../../models/bodily-harm.ts";
import { GRAVE_SEVERITY } from "../../models/taxonomy.ts";
import {
  BELIEVED,
  HARM_NAME,
  harmSureness,
  SUSPECTED_HARM_NOTE,
  SUSPECTED_NAME,
} from "../bodily-harm.ts";
import { WEEK_WORDS } from "../common-report.ts";
import { outcomeText, saidBy } from "../decisions.ts";
import { formatCount, formatDay } from "../format-japanese.ts";
import { graveToWatch } from "../grave-topics.ts";
import { countsPart } from "../moved-sentences.ts";
import { changeWord, ratioText } from "../page/change-cell.ts";
import { type Html, html } from "../page/html.ts";
import { quoteBlock } from "../page/quote-block.ts";
import { renderSentence } from "../page/render-sentence.ts";
import { figureLink, labelsOf } from "../page/voice-lists.ts";
import { countPart, type Sentence } from "../sentence.ts";
import { isCertain } from "../statistics/change.ts";
import { toldMoves } from "../told-moves.ts";
import type { TopicLine } from "../topic-table.ts";
import { SURE_GRAVE } from "../voices/negative-quotes.ts";
import {
  FEWEST_NEGATIVE,
  FULL_BREADTH,
  OPEN_WEIGHT,
  PRIORITY_LIMIT,
  type Priority,
  REPEAT_WEEKS,
} from "./priorities.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function prioritiesSection(report: WeeklyReport): Html {
  return html`<section><h2>優先事項</h2>
${harmLine(report)}${watchLines(report)}${
  report.priorities.length === 0
    ? html`<p>今週は、優先して取り上げるだけの件数がある話題はありません。</p>`
    : html`<ol class="priorities">${report.priorities.map((priority) => item(report, priority))}</ol>`
}
<p class="rule small soft">並べ方：ネガティブな声が多く、深刻で、増えたと言える話題ほど上です。${graveRule(report)}先に載せます。上位${PRIORITY_LIMIT}件までで、計算のしかたは「定義」にあります。</p>
</section>`;
}

/** Topics that the rule names as examples. */
const GRAVE_NAMED = 4;

function graveRule({ graveTopics }: WeeklyReport): string {
  const harmed = `${HARM_NAME}のある話題`;
  if (graveTopics?.length === 0) return `${harmed}は、1件でも`;
  return `${harmed}と、深刻度${GRAVE_SEVERITY}以上の話題${namedGrave(graveTopics)}は、確かな声が1件でもあれば`;
}

function namedGrave(graveTopics: WeeklyReport["graveTopics"]): string {
  if (graveTopics === undefined) return "";
  const named = graveTopics.slice(0, GRAVE_NAMED).join("、");
  const rest = graveTopics.length > GRAVE_NAMED ? "など" : "";
  return `（${named}${rest}）`;
}

function item(report: WeeklyReport, priority: Priority): Html {
  const line = report.topics.find(({ topic }) => topic === priority.topic);
  if (line === undefined) return html``;
  return html`<li><div class="what"><h3>${line.label}</h3><p class="small">${renderSentence(report, priorityCounts(report, line))}　${changeWord(line.change, WEEK_WORDS.previous)}<span class="soft">${priorityRatio(report, line)}</span></p><p class="small soft">${renderSentence(report, priorityReasons(report, priority, line))}</p>${earlierText(priority)}${decidedText(priority)}</div>
<div class="quotes">${priority.quotes.map((quote) => quoteBlock(report, quote))}</div></li>`;
}

/** ネガティブ：今週44件・声全体の8.8%（前週30件・5.5%、いつも3.7%）. */
export function priorityCounts({ figures }: WeeklyReport, line: TopicLine): Sentence {
  const { negative: now, previousNegative: before, change, usual } = line;
  return ["ネガティブ：", ...countsPart(figures, { now, before, change, usual }, WEEK_WORDS)];
}

/** The ratio is of shares, and may point otherwise than the counts beside it. */
export function priorityRatio(report: WeeklyReport, line: TopicLine): string {
  const [previous] = toldMoves(report, line, WEEK_WORDS);
  const ratio = previous?.change == null ? "" : ratioText(previous.change);
  return ratio === "" ? "" : `　割合は${WEEK_WORDS.previous}の${ratio}`;
}

/** The rule to the letter, for the definitions. */
export const PRIORITY_RULE = `ネガティブな声の件数に、深刻度に1を足した数を掛けた値の大きい順です。以前（${REPEAT_WEEKS}週まで）にも同じ話題を指摘されたお客様の声は2件分に数えます。前週またはいつもの水準から増えたと言える話題だけは、増え方（割合の比の信頼区間の下限）も掛けます。決めたことの結果がまだ記録されていない話題は${OPEN_WEIGHT}倍します。声の出どころが${FULL_BREADTH}か所（または${FULL_BREADTH}商品、${FULL_BREADTH}日）に満たない話題は、その分だけ割り引きます。ネガティブな声が${FEWEST_NEGATIVE}件に満たない話題は載せません。ただし${HARM_NAME}がある話題は、1件でも、深刻度${HARM_SEVERITY}として先に載せます。もともと深刻度${HARM_SEVERITY}の話題は、そうした声がなくても、ネガティブな声が${BELIEVED}件以上あれば先に載せます。その次は、確かな声（話題の確信度が${SURE_GRAVE * 10}割以上の声と、人が確かめた声）が1件でもある深刻度${GRAVE_SEVERITY}の話題です。まったく同じ声による話題は、上の一つにまとめます。`;

/** Voices that tell of bodily harm, of every topic and of none, and apart from them what is only suspected. */
function harmLine(report: WeeklyReport): Html {
  const { harm, suspectedHarm, figures } = report;
  return html`${
    harm === null
      ? ""
      : html`<p class="harm"><b>${HARM_NAME} ${figureLink(report, harm.figure)}件</b>（${harmSureness(figures, harm)}）　話題にかかわらず、まず内容をご確認ください。<span class="small soft">害を言い表す文のある声の数です。下の話題ごとの件数は、その話題のネガティブな声すべてですので、一致しません。</span></p>
`
  }${
    suspectedHarm === null
      ? ""
      : html`<p class="small">${SUSPECTED_NAME} ${figureLink(report, suspectedHarm)}件（推定）　${SUSPECTED_HARM_NOTE}</p>
`
  }`;
}

function watchLines(report: WeeklyReport): Html {
  return html`${graveToWatch(report).map(
    ({ sentence }) => html`<p class="small">${renderSentence(report, sentence)}</p>
`,
  )}`;
}

/** Why it stands here, in the order of the rule: severity, growth, breadth, repetition, what is still open. */
export function priorityReasons(
  report: WeeklyReport,
  { harm, breadth, repeats, decided, folded }: Priority,
  { severity, usual }: TopicLine,
): Sentence {
  const { figures } = report;
  const reasons: Sentence =
    harm === null
      ? [`深刻度 ${severity}（0〜5）。`]
      : [
          `${HARM_NAME}が`,
          countPart(figures, harm.figure),
          `あります（${harmSureness(figures, harm)}）。`,
        ];
  if (isCertain(usual?.change)) {
    const isAbove = usual?.change.word === "increased";
    reasons.push(`いつもの水準を${isAbove ? "上回って" : "下回って"}います。`);
  }
  if (breadth.days > 0) reasons.push(breadthText(breadth));
  if (repeats !== null) {
    reasons.push(
      `以前にも指摘されたお客様${formatCount(repeats.customers)}名の声が`,
      countPart(figures, repeats.figure),
      "あります。",
    );
  }
  if (folded.length > 0) {
    const labels = labelsOf(report);
    const names = folded.map((topic) => `「${labels.get(topic) ?? topic}」`);
    reasons.push(`${names.join("")}も同じ声によるもので、ここにまとめました。`);
  }
  if (decided?.outcome === null) reasons.push("前回決めたことの結果がまだ記録されていません。");
  return reasons;
}

function earlierText({ earlier, decided }: Priority): Html {
  // A decision names the 気づき that it was made on.
  if (earlier === null || earlier.awarenessId === decided?.awarenessId) return html``;
  const { reason, author, addedOn } = earlier;
  return html`<p class="small">これまでの気づき：「${reason}」<span class="soft">（${author}　${formatDay(addedOn)}）</span></p>`;
}

function decidedText({ decided }: Priority): Html {
  if (decided === null) return html``;
  const { decision } = decided;
  return html`<p class="small"><b>前回決めたこと</b>：${decision.text}<span class="soft">（${saidBy(decision)}）</span>　${outcomeText(decided)}</p>`;
}

function breadthText(breadth: Priority["breadth"]): string {
  const { places, products, days, placeless, productless } = breadth;
  const without = (what: string, count: number) =>
    count > 0 ? `（${what}の記入がない${formatCount(count)}件を除く）` : "";
  const parts = [
    places > 0 ? `${places}か所${without("場所", placeless)}` : "",
    products > 0 ? `${products}商品${without("商品", productless)}` : "",
    `${days}日`,
  ].filter((part) => part !== "");
  return `${parts.join("・")}から届いています。`;
}
