import { type CommonReport, spanWordsOf } from "../common-report.ts";
import { emptyDaysText } from "../empty-days.ts";
import { sourceNote } from "../source-change.ts";
import { type Html, html } from "./html.ts";

/** Above the headlines, where the periods that are compared have other sources. */
export function sourceLine(report: CommonReport): Html {
  const note = sourceNote(report, spanWordsOf(report));
  return note === "" ? html`` : html`<p>${note}</p>`;
}

/** Below the number of voices. */
export function emptyDaysLine(report: CommonReport): Html {
  const text = emptyDaysText(report);
  return text === ""
    ? html``
    : html`
<p class="small">${text}</p>`;
}
