import { formatCount, formatDay } from "../format-japanese.ts";
import { type Html, html } from "../page/html.ts";
import { quoteBlock } from "../page/quote-block.ts";
import { renderSentence } from "../page/render-sentence.ts";
import { labelsOf } from "../page/voice-lists.ts";
import { SECTION_TITLES } from "../words.ts";
import { signalSentence, signalTitle } from "./signal-sentences.ts";
import {
  ALARM_BUDGET,
  FEWEST_REFERENCE_WEEKS,
  GAP_WEEKS,
  REFERENCE_WEEKS,
  type Signal,
} from "./signals.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function signalsSection(report: WeeklyReport): Html {
  const { signals } = report;
  if (signals === null) return html``;
  if (!signals.isTested) {
    return html`<section><h2>${SECTION_TITLES.signals}</h2><p>比べられる過去の週が${FEWEST_REFERENCE_WEEKS}週に満たないため、まだ調べていません。</p></section>`;
  }
  return html`<section><h2>${SECTION_TITLES.signals}</h2>
${
  signals.rows.length === 0
    ? html`<p>件数は少なくても急に重なった声は、今週はありません。</p>`
    : html`<ul class="signals">${signals.rows.map((signal) => item(report, signal))}</ul>`
}
<p class="rule small soft">商品と話題（商品のない声は場所と話題、ロットがあればロットごとも）の${signals.cells === 0 ? "すべての組" : `${formatCount(signals.cells)}通り`}について、ネガティブな声を寄せたお客様の数を、今週と、前週からの2週間の両方で、それぞれ自身の過去と比べました。過去は${formatDay(signals.referenceFrom)}から${REFERENCE_WEEKS}週までで、直前の${GAP_WEEKS}週は除きます。延べの人数は、週ごとに数えたお客様の数を足したものです。偶然だけで載るものが平均して${1 / ALARM_BUDGET}週に1件までになるように選び（正確な二項検定）、深刻度の高い話題ほど載りやすくしています。人数が少ないので、原因や広がりはまだわかりません。まず声をお読みください。</p>
</section>`;
}

function item(report: WeeklyReport, signal: Signal): Html {
  return html`<li><div class="what"><h3>${signalTitle(signal, labelsOf(report))}</h3><p class="small">${renderSentence(report, signalSentence(report, signal))}</p></div>
<div class="quotes">${signal.quotes.map((quote) => quoteBlock(report, quote))}</div></li>`;
}
