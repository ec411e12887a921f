import { type AwarenessNote, withdrawnTexts } from "../awareness-notes.ts";
import { type CommonReport, spanWordsOf } from "../common-report.ts";
import { formatDay } from "../format-japanese.ts";
import { listedPart, partText } from "../voices/cut-voice.ts";
import { SECTION_TITLES } from "../words.ts";
import { type Html, html } from "./html.ts";
import { whereOf } from "./voice-item.ts";

const LONGEST = 400;

export function awarenessSection(report: CommonReport): Html {
  const { current, added } = report.awareness;
  const words = spanWordsOf(report);
  return html`<section><h2>${SECTION_TITLES.awareness}</h2>
${
  current.length === 0
    ? html`<p>${words.this}の声に付いた気づきはありません。</p>`
    : html`<div class="notes">${current.map((note) => noteBlock(report, note))}</div>`
}
${
  added.length === 0
    ? ""
    : html`<h3>追加</h3><p class="small soft">${words.previous}までの声に付いた気づきのうち、これまでの報告に載っていないものです。</p><div class="notes">${added.map((note) => noteBlock(report, note))}</div>`
}
${withdrawnNotes(report)}</section>`;
}

/** What earlier reports have shown and nobody should go by any more; nothing where there is none. */
export function withdrawnNotes({ awareness }: CommonReport): Html {
  const texts = withdrawnTexts(awareness);
  if (texts.length === 0) return html``;
  return html`<h3>取り下げ</h3><ul class="small">${texts.map((text) => html`<li>${text}</li>`)}</ul>`;
}

export function noteBlock(report: CommonReport, note: AwarenessNote): Html {
  const voice = report.voices[note.voiceId];
  return html`<article class="note"><p class="reason">${note.reason}</p><p class="where">${note.author}　${formatDay(note.addedOn)}</p>
${
  voice === undefined
    ? ""
    : html`<blockquote><p>「${partText(voice.text, listedPart(voice, undefined, LONGEST))}」</p><p class="where">${whereOf(voice)}</p></blockquote>`
}</article>`;
}
