import { addDays } from "../../pipeline/period.ts";
import { formatDate, formatDay, formatPeriodName } from "../format-japanese.ts";
import type { ReportHead } from "../frozen/report-head.ts";
import { reportKind, type Theme } from "../theme/theme.ts";
import { type Html, html } from "./html.ts";
import { figureLink, type ListedReport } from "./voice-lists.ts";

/** Whose voices, which period, 速報 or 確定, and how many voices. */
export function reportMasthead(
  report: ReportHead & ListedReport & { readonly theme?: Theme | undefined },
): Html {
  const { period, revision, provisional } = report;
  return html`<header class="masthead">
<div>${brand(report.theme)}<p class="kicker">${reportKind(report)}</p><h1>${report.title}${period.line === undefined ? "" : `　${period.line}`}</h1></div>
<div class="period"><p class="week">${formatPeriodName(period.name.replace(`.${period.line}`, ""))}${revision > 1 ? ` 第${revision}版` : ""} <span class="${provisional ? "state" : "state final"}">${
    provisional ? "速報" : "確定"
  }</span></p>
<p>${formatDay(period.from)}〜${formatDay(addDays(period.until, -1))}　声 ${figureLink(report, "all")} 件</p>
<p class="small soft">${stateText(report)}</p></div>
</header>`;
}

/** The company's name and sign above the title; nothing without a theme. */
function brand(theme: Theme | undefined): Html | string {
  if (theme === undefined || (theme.company === null && theme.logo === null)) return "";
  const { company, logo } = theme;
  const source = logo === null ? "" : `data:${logo.mediaType};base64,${logo.base64}`;
  return html`<p class="brand">${logo === null ? "" : html`<img src="${source}" alt="" style="height:32px;vertical-align:middle;margin-right:8px">`}${company ?? ""}</p>
`;
}

function stateText({ period, provisional, finalOn, asOf }: ReportHead): string {
  const made = `${formatDate(asOf)}作成`;
  if (!provisional) return made;
  if (asOf < period.until) return `${made}。期間はまだ終わっていません`;
  return `${made}。遅れて届く声を待ち、${formatDay(finalOn)}以降に確定します`;
}
