import { changeWord, ratioText } from "../change-cell.ts";
import { formatCount, formatDay, formatPercent } from "../format-japanese.ts";
import { type Html, html } from "../html.ts";
import { quoteBlock } from "../quote-block.ts";
import type { TopicLine } from "../topic-table.ts";
import { figureLink } from "../voice-lists.ts";
import {
  FEWEST_NEGATIVE,
  FULL_BREADTH,
  GRAVE_SEVERITY,
  PRIORITY_LIMIT,
  type Priority,
  REPEAT_WEEKS,
} from "./priorities.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function prioritiesSection(report: WeeklyReport): Html {
  return html`<section><h2>優先事項</h2>
${
  report.priorities.length === 0
    ? html`<p>今週は、優先して取り上げるだけの件数がある話題はありません。</p>`
    : html`<ol class="priorities">${report.priorities.map((priority) => item(report, priority))}</ol>`
}
<p class="rule small soft">並べ方：ネガティブな声の件数に、深刻度に1を足した数を掛け、以前（${REPEAT_WEEKS}週まで）にも同じ話題を指摘されたお客様の声は2件分に数えます。前週またはいつもの水準から増えたと言える話題だけは、増え方（割合の比の信頼区間の下限）も掛けます。声の出どころが${FULL_BREADTH}か所（または${FULL_BREADTH}商品、${FULL_BREADTH}日）に満たない話題は、その分だけ割り引きます。ネガティブな声が${FEWEST_NEGATIVE}件に満たない話題は載せません。ただし深刻度${GRAVE_SEVERITY}以上の話題は、1件でも先に載せます。上位${PRIORITY_LIMIT}件までです。</p>
</section>`;
}

function item(report: WeeklyReport, priority: Priority): Html {
  const line = report.topics.find(({ topic }) => topic === priority.topic);
  if (line === undefined) return html``;
  return html`<li><div class="what"><h3>${line.label}</h3><p class="small">ネガティブ ${figureLink(
    report,
    line.negative,
  )}件（前週 ${figureLink(report, line.previousNegative)}件）　${changeWord(line.change)} <span class="soft nowrap">${ratioText(
    line.change,
  )}</span></p><p class="small soft">${reasonText(report, priority, line)}</p>${earlierText(priority)}</div>
<div class="quotes">${priority.quotes.map((quote) => quoteBlock(report, quote))}</div></li>`;
}

/** Why it stands here, in the order of the rule: severity, growth, breadth, repetition. */
function reasonText(
  report: WeeklyReport,
  priority: Priority,
  { severity, usual }: TopicLine,
): Html {
  const grown =
    usual?.change.word === "increased"
      ? `いつもの水準（${formatPercent(usual.level)}）を上回っています。`
      : "";
  const { repeats } = priority;
  const again =
    repeats === null
      ? ""
      : html`以前にも指摘されたお客様${formatCount(repeats.customers)}名の声が${figureLink(report, repeats.figure)}件あります。`;
  return html`深刻度 ${severity}（5段階）。${grown}${breadthText(priority.breadth)}${again}`;
}

function earlierText({ earlier }: Priority): Html {
  if (earlier === null) return html``;
  const { reason, author, addedOn } = earlier;
  return html`<p class="small">これまでの気づき：「${reason}」<span class="soft">（${author}　${formatDay(addedOn)}）</span></p>`;
}

function breadthText({ places, products, days }: Priority["breadth"]): string {
  const parts = [
    places > 0 ? `${places}か所` : "",
    products > 0 ? `${products}商品` : "",
    `${days}日`,
  ].filter((part) => part !== "");
  return `${parts.join("・")}から寄せられています。`;
}
