import type { CommonReport } from "../common-report.ts";
import { formatShare } from "../few-voices.ts";
import { formatCount } from "../format-japanese.ts";
import { annotationDays, annotationSubject, markOf, trendMarks } from "../past/annotations.ts";
import { trendShare } from "../past/trend.ts";
import { type Html, html } from "./html.ts";

/** What the marks on the trend mean. @param limit the newest of them; nothing without any */
export function annotationTable(report: CommonReport, limit = Number.POSITIVE_INFINITY): Html {
  const { annotations } = report;
  if (annotations.length === 0) return html``;
  const lines = annotations.map((each, index) => ({ each, mark: markOf(index) }));
  const shown = lines.slice(-Math.min(limit, lines.length));
  const rest = lines.length - shown.length;
  return html`<table class="marks small"><caption class="soft">推移の印</caption><tbody>${shown.map(
    ({ each, mark }) =>
      html`<tr><th scope="row">${mark}</th><td>${annotationDays(each)}　<b>${each.label}</b> <span class="soft">${annotationSubject(report, each)}</span></td></tr>`,
  )}</tbody></table>${rest > 0 ? html`<p class="small soft">これより前に${rest}件あります。</p>` : ""}`;
}

/** The numbers behind the trend, for those who cannot see it; closed, and not on paper. */
export function trendTable(report: CommonReport): Html {
  const marks = trendMarks(report);
  const unit = report.period.job === "weekly" ? "週" : "月";
  return html`<details class="data small"><summary>推移を表で見る</summary>
<table><thead><tr><th>${unit}</th><th class="num">声</th><th class="num">ネガティブを含む声</th><th class="num">割合</th></tr></thead><tbody>${report.trend.map(
    (point, index) => {
      const { name, voices, negative } = point;
      const share = trendShare(point);
      return html`<tr><th scope="row">${name}${marks[index]}</th><td class="num">${formatCount(voices)}</td><td class="num">${formatCount(negative)}</td><td class="num">${share === null ? "―" : formatShare(share, voices)}</td></tr>
`;
    },
  )}</tbody></table></details>`;
}
