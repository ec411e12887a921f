import type { CommonReport } from "../common-report.ts";
import { outcomeText, saidBy } from "../decisions.ts";
import { type Html, html } from "./html.ts";

export const DECISIONS_TITLE = "決めたこととその後";

/** @param limit as many as there is room for; nothing where nothing was decided */
export function decisionsSection(report: CommonReport, limit = Number.POSITIVE_INFINITY): Html {
  const { decisions } = report;
  if (decisions.length === 0) return html``;
  const rest = decisions.length - limit;
  return html`<section class="decisions"><h2>${DECISIONS_TITLE}</h2>
<ul>${decisions.slice(0, limit).map(
    (each) => html`<li><p><b>${each.decision.text}</b>　<span class="soft nowrap">${saidBy(
      each.decision,
    )}</span></p><p class="small">${outcomeText(each)}</p><p class="small soft">もとの気づき：${each.reason}</p></li>
`,
  )}</ul>${rest > 0 ? html`<p class="small soft">ほかに${rest}件あります。</p>` : ""}
</section>`;
}
