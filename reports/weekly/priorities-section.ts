import { changeWord, ratioText } from "../change-cell.ts";
import { type Html, html } from "../html.ts";
import { quoteBlock } from "../quote-block.ts";
import { figureLink } from "../voice-lists.ts";
import {
  FEWEST_NEGATIVE,
  FULL_BREADTH,
  GRAVE_SEVERITY,
  PRIORITY_LIMIT,
  type Priority,
} from "./priorities.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function prioritiesSection(report: WeeklyReport): Html {
  return html`<section><h2>優先事項</h2>
${
  report.priorities.length === 0
    ? html`<p>今週は、優先して取り上げるだけの件数がある話題はありません。</p>`
    : html`<ol class="priorities">${report.priorities.map((priority) => item(report, priority))}</ol>`
}
<p class="rule small soft">並べ方：ネガティブな声の件数に、深刻度に1を足した数を掛け、増えたと言える話題だけは増え方（割合の比の95%信頼区間の下限）も掛けます。声の出どころが${FULL_BREADTH}か所（または${FULL_BREADTH}商品、${FULL_BREADTH}日）に満たない話題は、その分だけ割り引きます。ネガティブな声が${FEWEST_NEGATIVE}件に満たない話題は載せません。ただし深刻度${GRAVE_SEVERITY}以上の話題は、1件でも先に載せます。上位${PRIORITY_LIMIT}件までです。</p>
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
  )}</span></p><p class="small soft">深刻度 ${line.severity}（5段階）。${breadthText(priority.breadth)}</p></div>
<div class="quotes">${priority.quotes.map((quote) => quoteBlock(report, quote))}</div></li>`;
}

function breadthText({ places, products, days }: Priority["breadth"]): string {
  const parts = [
    places > 0 ? `${places}か所` : "",
    products > 0 ? `${products}商品` : "",
    `${days}日`,
  ].filter((part) => part !== "");
  return `${parts.join("・")}から寄せられています。`;
}
