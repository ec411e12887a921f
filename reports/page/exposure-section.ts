import { type CommonReport, spanWordsOf } from "../common-report.ts";
import { formatCount, formatDecimal } from "../format-japanese.ts";
import { isFirstSpoken } from "../past/trend.ts";
import { changeWord, ratioText } from "./change-cell.ts";
import { type Html, html } from "./html.ts";
import { figureLink } from "./voice-lists.ts";

/** Rates beside counts where sales or visitors are given; nothing where they are not. */
export function exposureSection(report: CommonReport): Html {
  const { exposure } = report;
  if (exposure === null) return html``;
  const { kind, unit, rows, missing } = exposure;
  const { what, counted } =
    kind === "product"
      ? { what: "商品", counted: "販売数" }
      : { what: "場所", counted: "来訪者数" };
  const words = spanWordsOf(report);
  const isFirst = isFirstSpoken(report.trend);
  return html`<section><h2>${counted}あたりのネガティブな声</h2>
${
  rows.length === 0
    ? html`<p>${counted}とネガティブな声の両方がある${what}はありません。</p>`
    : html`<table class="topics"><thead><tr><th>${what}</th><th class="num">声</th><th class="num">${counted}</th><th>100万${unit}あたり（偶然でぶれる幅）</th><th>${words.previous}から</th></tr></thead><tbody>${rows.map(
        ({ subject, figure, previous, rate, previousRate, change }) =>
          html`<tr><th scope="row">${subject}</th><td class="num">${figureLink(report, figure)}</td><td class="num">${formatCount(Math.round(rate.units))}</td><td>${formatDecimal(rate.value, 1)}件<span class="soft">（${formatDecimal(rate.low, 1)}〜${formatDecimal(rate.high, 1)}件）</span></td><td class="small">${
            isFirst ? "" : html`${words.previous} ${figureLink(report, previous)}件`
          }${
            isFirst || change.word === "begun-before"
              ? changeWord(change, words.previous)
              : previousRate === null
                ? `（${counted}がないため比べていません）`
                : html`（100万${unit}あたり${formatDecimal(previousRate.value, 1)}件）　${changeWord(change, words.previous)} <span class="soft nowrap">${ratioText(change)}</span>`
          }</td></tr>
`,
      )}</tbody></table>`
}
${missing.length === 0 ? "" : html`<p class="small">${counted}が${words.this}のすべての日にはそろっていないため、割合を出していない${what}：${missing.join("、")}</p>`}
<p class="rule small soft">ネガティブを含む声の件数を、同じ期間の${counted}で割りました。${counted}は表の期間の日数で均等に割り振っています。声が届くまでの遅れは見込んでいません。変化は割合の比で、正確な二項検定によります。</p>
</section>`;
}
