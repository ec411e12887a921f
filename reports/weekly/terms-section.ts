import { formatCount, formatDay } from "../format-japanese.ts";
import { ratioText } from "../page/change-cell.ts";
import { type Html, html } from "../page/html.ts";
import { figureLink } from "../page/voice-lists.ts";
import { SECTION_TITLES } from "../words.ts";
import { BASELINE_WEEKS, FEWEST_VOICES, type RisingTerm } from "./rising-terms.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function termsSection(report: WeeklyReport): Html {
  const { rows, compared, baselineFrom, baselineVoices } = report.risingTerms;
  const span = `今週と、その前の${BASELINE_WEEKS}週（${formatDay(baselineFrom)}から、声 ${formatCount(baselineVoices)} 件）`;
  if (rows.length === 0) {
    return html`<section><h2>${SECTION_TITLES.terms}</h2><p>${noTermsText(report)}</p></section>`;
  }
  return html`<section><h2>${SECTION_TITLES.terms}</h2>
<ul class="terms">${rows.map((row) => item(report, row))}</ul>
<p class="rule small soft">${span}で、そのことばを含む声の割合を比べました。${FEWEST_VOICES}件以上の${formatCount(compared)}語のうち、偶然でぶれる幅を見込んでも割合が増えたと言えるものを、対数尤度比の大きい順に並べています（正確な二項検定。載せた語のうち偶然のものが20に1つ以下になるように、幅を広げてあります）。ほぼ同じ声に現れる語は一つにまとめました。新語は、前の${BASELINE_WEEKS}週に一度も現れなかった語です。</p>
</section>`;
}

/** Of a few weeks nobody can say which words are new. */
export function noTermsText({ trend, period }: WeeklyReport): string {
  const weeks = trend.filter(({ from }) => from < period.from).slice(-BASELINE_WEEKS);
  const before = weeks.filter(({ voices }) => voices > 0).length;
  return before < BASELINE_WEEKS
    ? `前の${BASELINE_WEEKS}週のうち、声のある週が${before}週しかありません。はっきり増えたことばは、まだ言えません。`
    : `前の${BASELINE_WEEKS}週と比べて、はっきり増えたことばはありません。`;
}

function item(report: WeeklyReport, row: RisingTerm): Html {
  const { term, others, figure, ratio, before, low, high } = row;
  const past =
    ratio === null
      ? html`<span class="tag"><b>新語</b></span> 前${BASELINE_WEEKS}週になし`
      : html`前${BASELINE_WEEKS}週は${formatCount(before)}件、割合は${ratioText({ ratio, low, high })}`;
  return html`<li><b>${[term, ...others].join("／")}</b><span class="small">${figureLink(report, figure)}件　<span class="soft">${past}</span></span></li>`;
}
