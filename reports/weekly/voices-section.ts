import { LONGEST_QUOTE, SHORTEST_QUOTE } from "../choose-quotes.ts";
import { type Html, html } from "../html.ts";
import { quoteBlock } from "../quote-block.ts";
import { labelsOf } from "../voice-lists.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function voicesSection(report: WeeklyReport): Html {
  const labels = labelsOf(report);
  const groups = report.priorities.filter(({ moreQuotes }) => moreQuotes.length > 0);
  if (groups.length === 0) return html``;
  return html`<section><h2>声</h2>
${groups.map(
  ({ topic, moreQuotes }) =>
    html`<div class="group"><h3>${labels.get(topic)}</h3><div class="quotes">${moreQuotes.map((quote) => quoteBlock(report, quote))}</div></div>`,
)}
<p class="rule small soft">選び方：優先事項の話題ごとに、話題とネガティブの確信度（積）が高い順に、${SHORTEST_QUOTE}〜${LONGEST_QUOTE}字の声を選びます。話題ごとに一日一件、一か所一件までとし、同じ文面は一度しか載せません。優先事項に載せた声の続きです。</p>
</section>`;
}

export function praiseSection(report: WeeklyReport): Html {
  return html`<section><h2>お褒め</h2>
${
  report.praise.length === 0
    ? html`<p>今週、引用できる長さのお褒めはありません。</p>`
    : html`<div class="group praise"><div class="quotes">${report.praise.map((quote) => quoteBlock(report, quote))}</div></div>`
}
<p class="rule small soft">選び方：お褒めとポジティブの確信度（積）が高い順です。長さと重なりの決まりは「声」と同じで、話題も一つにつき一件までとします。</p>
</section>`;
}
