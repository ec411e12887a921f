import { type Figure, type Figures, figureOf, LISTED } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { pasteableSql, type Questions, rowCondition } from "../frozen/pasteable-sql.ts";
import type { Voices } from "../voices/voice.ts";
import { type Html, html } from "./html.ts";
import { voiceItem } from "./voice-item.ts";

/** What the lists of a report are made from; both reports have these fields. */
export type ListedReport = {
  readonly period: { readonly name: string };
  readonly figures: Figures;
  readonly questions: Questions;
  readonly voices: Voices;
  readonly topics: readonly { readonly topic: string; readonly label: string }[];
  readonly topicLabels: Readonly<Record<string, string>>;
};

const LONGEST_IN_LIST = 160;

/** A count that leads to its voices: in the same file, or in the sidecar. A zero leads nowhere. */
export function figureLink(report: ListedReport, id: string, text?: string): Html {
  const figure = figureOf(report.figures, id);
  const shown = text ?? formatCount(figure.value);
  if (figure.value === 0) return html`<span class="n zero">${shown}</span>`;
  const href = figure.listed === "main" ? `#v-${fragment(id)}` : sidecarHref(report, id);
  return html`<a class="n" href="${href}">${shown}</a>`;
}

export function sidecarName(report: ListedReport): string {
  return `${report.period.name}.voices.html`;
}

export function labelsOf(report: ListedReport): ReadonlyMap<string, string> {
  const named = report.topics.map(({ topic, label }) => [topic, label] as const);
  return new Map([...Object.entries(report.topicLabels), ...named]);
}

/**
 * The lists behind the figures of the main file, each hidden until its number is followed (CSS `:target`,
 * no script).
 *
 * @param longest how many voices each list shows
 */
export function voicePanels(report: ListedReport, longest: number): Html {
  const figures = figuresListed(report, "main");
  return html`<section class="panels" aria-label="数字のもとになった声">
${figures.map((figure) => panel(report, figure, longest))}
${questionsOf(figures).map((figure) => sqlPanel(report, figure))}
</section>`;
}

/** The figures with a voice; in the main file those of this period only. */
export function figuresListed(report: ListedReport, listed: "main" | "all"): Figure[] {
  return Object.values(report.figures)
    .filter((figure) => figure.value > 0 && (listed === "all" || figure.listed === "main"))
    .sort((left, right) => left.position - right.position);
}

/** One figure for each different SQL text with its parameters. */
export function questionsOf(figures: readonly Figure[]): Figure[] {
  const known = new Map(figures.map((figure) => [figure.sql, figure]));
  return [...known.values()].sort((left, right) => (left.sql < right.sql ? -1 : 1));
}

export function questionId({ sql }: Figure): string {
  return `q-${sql.replace(/^.*\//, "").replace(/\.sql$/, "")}`;
}

function panel(report: ListedReport, figure: Figure, longest: number): Html {
  const view = { mark: figure.mark, longest: LONGEST_IN_LIST, topicLabels: labelsOf(report) };
  const rest = Math.min(figure.value, LISTED) - longest;
  return html`<section class="panel" id="v-${figure.id}">
<header><h2>${figure.label}　${formatCount(figure.value)}件</h2><a class="close" href="#close">閉じる</a></header>
<ol>${figure.voiceIds.slice(0, longest).map((id) => {
    const voice = report.voices[id];
    return voice === undefined ? html`` : voiceItem(id, voice, view);
  })}</ol>
${
  rest > 0
    ? html`<p class="rest"><a href="${sidecarHref(report, figure.id)}">続きの ${formatCount(rest)} 件</a></p>`
    : ""
}${boundNote(report, figure)}
<p class="small soft">新しい順。<a href="#${questionId(figure)}">集計のSQL</a>の <code>${rowCondition(figure)}</code> の行です。</p>
</section>
`;
}

/** How many of its voices a long list shows, and how to see them all; nothing where it shows all. */
export function boundNote(report: ListedReport, { id, value }: Figure): Html {
  if (value <= LISTED) return html``;
  const words = ["--period", report.period.name, "--figure", id].map(shellWord);
  return html`<p class="small">全 ${formatCount(value)} 件のうち、新しいほうから ${LISTED} 件を載せています。すべての声は <code>kizuki report voices ${words.join(" ")}</code> で表（CSV）に書き出せます。</p>`;
}

/** As it can be pasted into a terminal. */
function shellWord(word: string): string {
  return /^[\w.@%+=:,/-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function sqlPanel(report: ListedReport, figure: Figure): Html {
  return html`<section class="panel" id="${questionId(figure)}">
<header><h2>集計のSQL</h2><a class="close" href="#close">閉じる</a></header>
<p class="small soft">そのまま DuckDB に貼り付けて実行できます（${figure.sql}）。</p>
<pre>${pasteableSql(figure, report.questions)}</pre>
</section>
`;
}

function sidecarHref(report: ListedReport, id: string): string {
  return `${sidecarName(report)}#${fragment(id)}`;
}

function fragment(id: string): string {
  return encodeURIComponent(id);
}
