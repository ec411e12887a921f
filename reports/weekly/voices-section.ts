import { GRAVE_SEVERITY } from "../../models/taxonomy.ts";
import { figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { cellText } from "../formats/cell-text.ts";
import { type Html, html } from "../page/html.ts";
import { quoteBlock } from "../page/quote-block.ts";
import { labelsOf } from "../page/voice-lists.ts";
import { shareIn } from "../told-moves.ts";
import { LONGEST_QUOTE, SHORTEST_QUOTE } from "../voices/choose-quotes.ts";
import { SURE_GRAVE, SURE_TOPIC } from "../voices/negative-quotes.ts";
import { SURE_PRAISE } from "../voices/quote-candidates.ts";
import { SECTION_TITLES } from "../words.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function voicesSection(report: WeeklyReport): Html {
  const labels = labelsOf(report);
  const groups = report.priorities.filter(({ moreQuotes }) => moreQuotes.length > 0);
  if (groups.length === 0) return html``;
  return html`<section><h2>声</h2>
${groups.map(
  ({ topic, quotes, moreQuotes }) =>
    html`<div class="group"><div><h3>${labels.get(topic)}</h3><p class="small soft">${wholeText(report, topic, { above: quotes.length, here: moreQuotes.length })}</p></div><div class="quotes">${moreQuotes.map((quote) => quoteBlock(report, quote))}</div></div>`,
)}
<p class="rule small soft">選び方：優先事項の話題ごとに、その話題のネガティブな文の平均（文のベクトルの中心）に近い順に、${SHORTEST_QUOTE}〜${LONGEST_QUOTE}字の声を選びます。話題とネガティブの確信度（積）が低いほうの半分は後に回します。話題の確信度が${SURE_TOPIC * 10}割（深刻度${GRAVE_SEVERITY}以上の話題では${SURE_GRAVE * 10}割）に満たない声は、ほかに引用できる声がないときだけ、確信度を添えて載せます。話題ごとに一日一件、お一人一件、一か所一件までとし、同じ文面とほぼ同じ文面は一度しか載せません。優先事項に載せた声の続きです。</p>
</section>`;
}

/** Of how many voices those that are quoted stand for. */
function wholeText(
  report: WeeklyReport,
  topic: string,
  { above, here }: { readonly above: number; readonly here: number },
): string {
  const line = report.topics.find((each) => each.topic === topic);
  if (line === undefined) return "";
  const count = figureOf(report.figures, line.negative).value;
  const share = cellText(shareIn(report.figures, line.negative), "share");
  const ofWhole = share === "" ? "" : `（声全体の${share}）`;
  return `ネガティブな声${formatCount(count)}件${ofWhole}のうち、${above === 0 ? "" : `優先事項に${above}件、`}ここに${here}件を載せました。`;
}

export function praiseSection(report: WeeklyReport): Html {
  return html`<section><h2>${SECTION_TITLES.praise}</h2>
${
  report.praise.length === 0
    ? html`<p>今週、引用できるお褒めはありません。</p>`
    : html`<div class="group praise"><div class="quotes">${report.praise.map((quote) => quoteBlock(report, quote))}</div></div>
<p class="small soft">お褒めを含む声${formatCount(figureOf(report.figures, "praise").value)}件のうち${report.praise.length}件です。</p>`
}
<p class="rule small soft">選び方：種類・感情・話題の確信度がどれも${SURE_PRAISE * 10}割以上で、ネガティブな文も「〜たいとは思わない」という打ち消しも含まない声から選びます。お褒めの文を話題ごとに分け、その平均に近い順です。長さと重なりの決まりは「声」と同じで、話題も一つにつき一件までとします。</p>
</section>`;
}
