import type { Figure } from "./figure.ts";
import { formatCount, formatPeriodName } from "./format-japanese.ts";
import { type Html, html } from "./html.ts";
import { htmlPage } from "./html-page.ts";
import { pasteableSql, rowCondition } from "./pasteable-sql.ts";
import { voiceItem } from "./voice-item.ts";
import {
  figuresListed,
  type ListedReport,
  labelsOf,
  questionId,
  questionsOf,
} from "./voice-lists.ts";

/**
 * So many voices of a list are printed in full. The others are numbers that lead to the one place where
 * each voice of the report stands, so that the file grows with the voices and not with voices × lists.
 */
const FULL_IN_LIST = 200;
const NO_LIMIT = Number.POSITIVE_INFINITY;

/** The file beside a report that has every voice of every figure. */
export function renderSidecar(report: ListedReport & { readonly title: string }): string {
  const figures = figuresListed(report, "all");
  const numbers = numbersOf(report, figures);
  const name = `${report.title} ${formatPeriodName(report.period.name)} 声の一覧`;
  const body = html`<main>
<h1>${name}</h1>
<p class="soft">報告書の数字のもとになった声を、数字ごとに新しい順で並べています。<a href="${report.period.name}.html">報告書に戻る</a></p>
<nav aria-label="数字の一覧"><ul>${figures.map(
    (figure) =>
      html`<li><a href="#${encodeURIComponent(figure.id)}">${figure.label}</a> ${formatCount(figure.value)}件</li>`,
  )}</ul></nav>
${figures.map((figure) => figureSection(report, figure, numbers))}
${numbers.size === 0 ? "" : allVoices(report, numbers)}
<section><h2>集計のSQL</h2>${questionsOf(figures).map(
    (figure) =>
      html`<div id="${questionId(figure)}"><h3>${figure.sql}</h3><pre>${pasteableSql(figure, report.questions)}</pre></div>`,
  )}</section>
</main>`;
  return htmlPage({ title: name, css: SIDECAR_CSS, body }).markup;
}

/** A voice's number, and what leads to it from the many lists that hold the voice. */
type Numbers = ReadonlyMap<string, { readonly number: number; readonly link: Html }>;

/** @returns a number for each voice that some list has no room for in full; empty where there is none */
function numbersOf(report: ListedReport, figures: readonly Figure[]): Numbers {
  if (figures.every(({ value }) => value <= FULL_IN_LIST)) return new Map();
  const voices = Object.entries(report.voices).sort(([leftId, left], [rightId, right]) => {
    if (left.receivedOn !== right.receivedOn) return left.receivedOn < right.receivedOn ? 1 : -1;
    return leftId < rightId ? -1 : 1;
  });
  return new Map(
    voices.map(([id], index) => {
      const number = index + 1;
      return [id, { number, link: html`<a href="#s${number}">${number}</a> ` }];
    }),
  );
}

function figureSection(report: ListedReport, figure: Figure, numbers: Numbers): Html {
  const view = { mark: figure.mark, longest: NO_LIMIT, topicLabels: labelsOf(report) };
  const rest = figure.voiceIds.slice(FULL_IN_LIST);
  return html`<section id="${figure.id}"><h2>${figure.label}　${formatCount(figure.value)}件</h2>
<p class="small soft"><a href="#${questionId(figure)}">集計のSQL</a>の <code>${rowCondition(figure)}</code> の行</p>
<ol>${figure.voiceIds.slice(0, FULL_IN_LIST).map((id) => {
    const voice = report.voices[id];
    return voice === undefined ? html`` : voiceItem(id, voice, view);
  })}</ol>
${
  rest.length === 0
    ? ""
    : html`<p class="small">残り ${formatCount(rest.length)} 件（番号は下の「すべての声」の番号です）</p><p class="numbers">${rest.map(
        (id) => numbers.get(id)?.link,
      )}</p>`
}
</section>
`;
}

function allVoices(report: ListedReport, numbers: Numbers): Html {
  const view = { mark: undefined, longest: NO_LIMIT, topicLabels: labelsOf(report) };
  return html`<section id="all-voices"><h2>すべての声　${formatCount(numbers.size)}件</h2>
${[...numbers].map(([id, { number }]) => {
  const voice = report.voices[id];
  return voice === undefined
    ? ""
    : html`<div class="one" id="s${number}"><span class="soft">${number}</span><ul>${voiceItem(id, voice, view)}</ul></div>`;
})}
</section>
`;
}

const SIDECAR_CSS = `
main{padding-top:48px;max-width:800px}
h1{font-size:24px;line-height:1.4}
h2{font-size:16px;margin-top:48px;padding-top:16px;border-top:1px solid var(--ink)}
h3{font-size:13px;margin-top:24px}
nav ul{columns:2 280px;font-size:13px;margin-top:24px}
.numbers{font-size:12px}
.one{display:grid;grid-template-columns:56px 1fr}
`;
