import { formatCount, formatDay } from "../format-japanese.ts";
import { type Html, html } from "../page/html.ts";
import { quoteBlock } from "../page/quote-block.ts";
import { figureLink, labelsOf } from "../page/voice-lists.ts";
import { SECTION_TITLES } from "../words.ts";
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
<p class="rule small soft">商品と話題（商品のない声は場所と話題、ロットがあればロットごとも）の${signals.cells === 0 ? "すべての組" : `${formatCount(signals.cells)}通り`}について、ネガティブな声を寄せたお客様の数を、今週と、前週からの2週間の両方で、それぞれ自身の過去と比べました。過去は${formatDay(signals.referenceFrom)}から${REFERENCE_WEEKS}週までで、直前の${GAP_WEEKS}週は除きます。偶然だけで載るものが平均して${1 / ALARM_BUDGET}週に1件までになるように選び（正確な二項検定）、深刻度の高い話題ほど載りやすくしています。件数が少ないので、原因や広がりはまだわかりません。まず声をお読みください。</p>
</section>`;
}

function item(report: WeeklyReport, signal: Signal): Html {
  const { subject, lot, topic, weeks, figure, customers, before, expected, quotes } = signal;
  const span =
    weeks === 1
      ? { now: "今週", usual: "いつもの週" }
      : { now: "前週と今週", usual: "いつもの2週間" };
  return html`<li><div class="what"><h3>${subject}${lot === null ? "" : `（ロット ${lot}）`}　${labelsOf(report).get(topic) ?? topic}</h3><p class="small">${span.now} ${figureLink(report, figure)}件（${formatCount(customers)}名）　<span class="soft">過去の週では合わせて${formatCount(before)}名。${span.usual}なら${expected < 1 ? "1名未満" : `${formatCount(Math.round(expected))}名ほど`}です。</span></p></div>
<div class="quotes">${quotes.map((quote) => quoteBlock(report, quote))}</div></li>`;
}
