import { LISTED } from "../figure.ts";
import { formatPeriodName } from "../format-japanese.ts";
import { html } from "../page/html.ts";
import { htmlPage } from "../page/html-page.ts";
import { renderSentence } from "../page/render-sentence.ts";
import { renderSidecar } from "../page/render-sidecar.ts";
import { sectionHtml } from "../page/section-html.ts";
import { sidecarName } from "../page/voice-lists.ts";
import { reportKind } from "../theme/theme.ts";
import { countIn, dailyOutline, listedReport, subtitleOf } from "./daily-outline.ts";
import type { DailyReport } from "./daily-report.ts";

/** Renders the digest and, in a second file, every voice behind its numbers. Same value, same bytes. */
export function renderDaily(report: DailyReport): { html: string; voicesHtml: string } {
  const { title, period, sections } = dailyOutline(report);
  const kind = reportKind(report);
  const company = report.theme?.company ?? null;
  const listed = listedReport(report);
  const body = html`<main>
<p class="small soft">${company === null ? "" : `${company}　`}${kind}</p>
<h1>${title}　${period}</h1>
<p class="soft">${renderSentence(listed, subtitleOf(report))}</p>
${sections.map((section) => sectionHtml(section, listed))}
${
  countIn(report, "all") === 0
    ? ""
    : html`<p class="small"><a href="${sidecarName(listed)}">声の一覧</a>（数字ごとに、新しいほうから${LISTED}件までの声と、集計のSQL）</p>`
}
</main>`;
  const page = {
    title: `${title} ${kind} ${formatPeriodName(report.period.name)}`,
    css: CSS,
    body,
  };
  return { html: htmlPage(page).markup, voicesHtml: renderSidecar(listed) };
}

const CSS = `
main{max-width:720px;padding-top:32px}
h1{font-size:22px;line-height:1.4;word-break:auto-phrase;text-wrap:balance}
@media print{main{padding:0}}
`;
