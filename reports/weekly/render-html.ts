import { awarenessSection } from "../awareness-section.ts";
import { completenessSection } from "../completeness-section.ts";
import { correctionSection } from "../correction-section.ts";
import { definitionsSection } from "../definitions-section.ts";
import { exposureSection } from "../exposure-section.ts";
import { formatPeriodName } from "../format-japanese.ts";
import { type Html, html } from "../html.ts";
import { renderSentence } from "../render-sentence.ts";
import { reportMasthead } from "../report-masthead.ts";
import { reportFiles } from "../report-page.ts";
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
    title: `${report.title} 週次VOCダイジェスト ${formatPeriodName(report.period.name)}`,
    css: WEEKLY_CSS,
    body: bodyOf(report),
  });
}

function bodyOf(report: WeeklyReport): Html {
  return html`<main>
${reportMasthead(report, { kind: "週次VOCダイジェスト" })}
<section class="headlines" aria-label="見出し"><ol>${report.headlines.map(
    (sentence) => html`<li>${renderSentence(report, sentence)}</li>`,
  )}</ol></section>
${figuresSection(report)}
${correctionSection(report)}
${prioritiesSection(report)}
${signalsSection(report)}
${topicsSection(report)}
${exposureSection(report)}
${termsSection(report)}
${voicesSection(report)}
${praiseSection(report)}
${awarenessSection(report)}
${completenessSection(report)}
${definitionsSection(report)}
</main>
`;
}
