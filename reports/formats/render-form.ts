import { dailyOutline } from "../daily/daily-outline.ts";
import { renderDaily } from "../daily/render-html.ts";
import type { FrozenReport } from "../frozen/write-report.ts";
import { renderMonthly } from "../monthly/render-html.ts";
import type { Outline } from "../outline/outline.ts";
import { type AnyReport, outlineOf } from "../outline/outline-of.ts";
import { COLOURS } from "../page/style.ts";
import { paleOf } from "../theme/theme.ts";
import { renderWeekly } from "../weekly/render-html.ts";
import type { Form } from "./form.ts";
import { printPdf } from "./print-pdf.ts";
import { renderMarkdown } from "./render-text.ts";
import { workbookSheets } from "./workbook-sheets.ts";

export type FormFile = { readonly ending: string; readonly contents: string | Uint8Array };

export type FormInput = {
  readonly report: FrozenReport;
  /** The frozen JSON that `report` was read from. */
  readonly value: string;
  /** Path of the browser that prints, from the config. */
  readonly chromium: string | undefined;
  /** Ends the browser. */
  readonly giveUp: AbortSignal;
};

/** Renders one form of a frozen value. HTML comes with its file of voices. */
export async function renderForm(form: Form, input: FormInput): Promise<FormFile[]> {
  const { report, value, chromium, giveUp } = input;
  switch (form) {
    case "html": {
      const { html, voicesHtml } = renderPage(report);
      return [
        { ending: "html", contents: html },
        { ending: "voices.html", contents: voicesHtml },
      ];
    }
    case "json":
      return [{ ending: "json", contents: value }];
    case "md":
      return [{ ending: "md", contents: renderMarkdown(frozenOutline(report)) }];
    case "pdf": {
      const { html } = renderPage(report);
      return [{ ending: "pdf", contents: await printPdf(html, { chromium, giveUp }) }];
    }
    case "xlsx": {
      const { renderXlsx } = await import("./render-xlsx.ts");
      const full = fullReport(report);
      const sheets = workbookSheets(full, outlineOf(full));
      return [{ ending: "xlsx", contents: await renderXlsx(sheets, accentOf(report)) }];
    }
    case "pptx": {
      const { renderPptx } = await import("./render-pptx.ts");
      return [
        {
          ending: "pptx",
          contents: await renderPptx(outlineOf(fullReport(report)), accentOf(report), report.theme),
        },
      ];
    }
  }
}

/** What any frozen report says, without a form. */
export function frozenOutline(report: FrozenReport): Outline {
  return report.job === "daily" ? dailyOutline(report) : outlineOf(report);
}

/** The daily digest is no workbook and no deck, see `DAILY_FORMS`. */
function fullReport(report: FrozenReport): AnyReport {
  if (report.job !== "daily") return report;
  throw new RangeError("a daily digest has neither sheets nor slides");
}

function accentOf({ theme }: FrozenReport): string {
  return theme?.accent ?? COLOURS.accent;
}

function renderPage(report: FrozenReport): { html: string; voicesHtml: string } {
  const { html, voicesHtml } = pageOf(report);
  const accent = accentOf(report);
  if (accent === COLOURS.accent) return { html, voicesHtml };
  return { html: recolour(html, accent), voicesHtml: recolour(voicesHtml, accent) };
}

function pageOf(report: FrozenReport): { html: string; voicesHtml: string } {
  switch (report.job) {
    case "weekly":
      return renderWeekly(report);
    case "monthly":
      return renderMonthly(report);
    case "daily":
      return renderDaily(report);
  }
}

/** Only styles and charts have colours; what a customer wrote is left as it is. */
function recolour(html: string, accent: string): string {
  return html.replace(/<style>.*?<\/style>|<svg.*?<\/svg>|style="[^"]*"/gs, (styled) =>
    styled.replaceAll(COLOURS.accent, accent).replaceAll(COLOURS.pale, paleOf(accent)),
  );
}
