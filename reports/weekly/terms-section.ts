import { formatCount, formatDay, formatRatio } from "../format-japanese.ts";
import { type Html, html } from "../html.ts";
import { figureLink } from "../voice-lists.ts";
import { BASELINE_WEEKS, FEWEST_VOICES } from "./rising-terms.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function termsSection(report: WeeklyReport): Html {
  const { rows, compared, baselineFrom, baselineVoices } = report.risingTerms;
  const span = `今週と、その前の${BASELINE_WEEKS}週（${formatDay(baselineFrom)}から、声 ${formatCount(baselineVoices)} 件）`;
  if (rows.length === 0) {
    return html`<section><h2>増えたことば</h2><p>前の${BASELINE_WEEKS}週と比べて、はっきり増えたことばはありません。</p></section>`;
  }
  return html`<section><h2>増えたことば</h2>
<ul class="terms">${rows.map(
    ({ term, figure, ratio, before }) =>
      html`<li><b>${term}</b><span class="small">${figureLink(report, figure)}件　<span class="soft">${
        ratio === null
          ? `前${BASELINE_WEEKS}週になし`
          : `前${BASELINE_WEEKS}週（${formatCount(before)}件）の${formatRatio(ratio)}倍`
      }</span></span></li>`,
  )}</ul>
<p class="rule small soft">${span}で、そのことばを含む声の割合を比べました。${FEWEST_VOICES}件以上の${formatCount(compared)}語のうち、対数尤度比検定で p&lt;0.01 のものを差の大きい順に並べています。${chanceText(compared)}倍率は割合の比です。</p>
</section>`;
}

/** Says how many of the compared terms chance alone would list. */
function chanceText(compared: number): string {
  const byChance = Math.round(compared * 0.01);
  return byChance < 1 ? "" : `偶然だけでも${byChance}語ほどは載ります。`;
}
