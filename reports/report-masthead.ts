import { addDays } from "../pipeline/period.ts";
import { formatDate, formatDay, formatPeriodName } from "./format-japanese.ts";
import { type Html, html } from "./html.ts";
import type { ReportHead } from "./report-head.ts";
import { figureLink, type ListedReport } from "./voice-lists.ts";

/** Whose voices, which period, 速報 or 確定, and how many voices. */
export function reportMasthead(
  report: ReportHead & ListedReport,
  { kind }: { readonly kind: string },
): Html {
  const { period, revision, provisional } = report;
  return html`<header class="masthead">
<div><p class="kicker">${kind}</p><h1>${report.title}</h1></div>
<div class="period"><p class="week">${formatPeriodName(period.name)}${revision > 1 ? ` 第${revision}版` : ""} <span class="${provisional ? "state" : "state final"}">${
    provisional ? "速報" : "確定"
  }</span></p>
<p>${formatDay(period.from)}〜${formatDay(addDays(period.until, -1))}　声 ${figureLink(report, "all")} 件</p>
<p class="small soft">${stateText(report)}</p></div>
</header>`;
}

function stateText({ period, provisional, finalOn, asOf }: ReportHead): string {
  const made = `${formatDate(asOf)}作成`;
  if (!provisional) return made;
  if (asOf < period.until) return `${made}。期間はまだ終わっていません`;
  return `${made}。遅れて届く声を待ち、${formatDay(finalOn)}以降に確定します`;
}
