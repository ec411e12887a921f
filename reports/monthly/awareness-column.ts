import { noteBlock, withdrawnNotes } from "../page/awareness-section.ts";
import { type Html, html } from "../page/html.ts";
import type { MonthlyReport } from "./monthly-report.ts";

/** As many 気づき as the page has room for; those on this month's voices first. */
const SHOWN = 3;

export function awarenessColumn(report: MonthlyReport): Html {
  const notes = notesOf(report);
  return html`<section class="awareness"><h2>今月の気づき</h2>${
    notes.length === 0
      ? html`<p class="small">今月の声に付いた気づきはありません。</p>`
      : notes.slice(0, SHOWN)
  }${notes.length > SHOWN ? html`<p class="small soft">ほかに${notes.length - SHOWN}件あります。</p>` : ""}${withdrawnNotes(report)}</section>`;
}

/** Those the page had no room for; on screens only. */
export function awarenessRest(report: MonthlyReport): Html {
  const rest = notesOf(report).slice(SHOWN);
  if (rest.length === 0) return html``;
  return html`<section class="awareness"><h2>そのほかの気づき</h2>${rest}</section>`;
}

function notesOf(report: MonthlyReport): Html[] {
  const { current, added } = report.awareness;
  return [
    ...current.map((note) => noteBlock(report, note)),
    ...added.map(
      (note) =>
        html`<div class="added"><p class="small soft">追加（前月までの声）</p>${noteBlock(report, note)}</div>`,
    ),
  ];
}
