import { formatPeriodName } from "../format-japanese.ts";
import { lineSection } from "../line/line-section.ts";
import { awarenessSection } from "../page/awareness-section.ts";
import { completenessSection } from "../page/completeness-section.ts";
import { correctionSection } from "../page/correction-section.ts";
import { decisionsSection } from "../page/decisions-section.ts";
import { definitionsSection } from "../page/definitions-section.ts";
import { exposureSection } from "../page/exposure-section.ts";
import { type Html, html } from "../page/html.ts";
import { sourceLine } from "../page/note-lines.ts";
import { renderSentence } from "../page/render-sentence.ts";
import { reportMasthead } from "../page/report-masthead.ts";
import { reportFiles } from "../page/report-page.ts";
import { sectionHtml } from "../page/section-html.ts";
import { hasLogo, reportKind } from "../theme/theme.ts";
import { arrangeSections } from "../theme/theme-sections.ts";
import { figuresSection } from "./figures-section.ts";
import { prioritiesSection } from "./priorities-section.ts";
import { signalsSection } from "./signals-section.ts";
import { termsSection } from "./terms-section.ts";
import { topicsSection } from "./topics-section.ts";
import { praiseSection, voicesSection } from "./voices-section.ts";
import { WEEKLY_CSS } from "./weekly-css.ts";
import type { WeeklyReport } from "./weekly-report.ts";

/** Renders the digest and, in a second file, every voice behind its numbers. Same value, same bytes. */
export function renderWeekly(report: WeeklyReport): { html: string; voicesHtml: string } {
  return reportFiles(report, {
    title: `${report.title} ${reportKind(report)} ${formatPeriodName(report.period.name)}`,
    css: WEEKLY_CSS,
    hasImage: hasLogo(report),
    body: bodyOf(report),
  });
}

function bodyOf(report: WeeklyReport): Html {
  return html`<main>
${reportMasthead(report)}
${arrangeSections(report, sectionsOf(report), (section) => sectionHtml(section)).map(
  (section) => html`${section}
`,
)}</main>
`;
}

/** In the order of the page; the ids are those that a theme names. */
function sectionsOf(report: WeeklyReport): { id: string; shown: Html }[] {
  const headlines = html`<section class="headlines" aria-label="見出し">${sourceLine(report)}<ol>${report.headlines.map(
    (sentence) => html`<li>${renderSentence(report, sentence)}</li>`,
  )}</ol></section>`;
  return [
    { id: "headlines", shown: headlines },
    ...(report.line === undefined ? [] : [{ id: "line", shown: lineSection(report) }]),
    { id: "figures", shown: figuresSection(report) },
    { id: "correction", shown: correctionSection(report) },
    { id: "priorities", shown: prioritiesSection(report) },
    { id: "signals", shown: signalsSection(report) },
    { id: "topics", shown: topicsSection(report) },
    { id: "exposure", shown: exposureSection(report) },
    { id: "terms", shown: termsSection(report) },
    { id: "voices", shown: voicesSection(report) },
    { id: "praise", shown: praiseSection(report) },
    { id: "awareness", shown: awarenessSection(report) },
    { id: "decisions", shown: decisionsSection(report) },
    { id: "completeness", shown: completenessSection(report) },
    { id: "definitions", shown: definitionsSection(report) },
  ];
}
