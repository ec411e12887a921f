import type { Sentence } from "../sentence.ts";
import { type Html, html } from "./html.ts";
import { figureLink, type ListedReport } from "./voice-lists.ts";

export function renderSentence(report: ListedReport, sentence: Sentence): Html {
  return html`${sentence.map((part) =>
    typeof part === "string" ? part : figureLink(report, part.figure, part.text),
  )}`;
}
