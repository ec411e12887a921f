import { type Figure, LISTED } from "../figure.ts";
import { formatCount, formatPeriodName } from "../format-japanese.ts";
import { pasteableSql, rowCondition } from "../frozen/pasteable-sql.ts";
import { type Html, html } from "./html.ts";
import { htmlPage } from "./html-page.ts";
import { voiceItem } from "./voice-item.ts";
import {
  boundNote,
  figuresListed,
  type ListedReport,
  labelsOf,
  questionId,
  questionsOf,
} from "./voice-lists.ts";

const NO_LIMIT = Number.POSITIVE_INFINITY;

/** The file beside a report that has the voices of every figure. */
export function renderSidecar(report: ListedReport & { readonly title: string }): string {
  const figures = figuresListed(report, "all");
  const name = `${report.title} ${formatPeriodName(report.period.name)} 声の一覧`;
  const body = html`<main>
<h1>${name}</h1>
<p class="soft">報告書の数字のもとになった声を、数字ごとに新しい順で並べています（${LISTED}件まで）。<a href="${report.period.name}.html">報告書に戻る</a></p>
<p class="paper small soft">紙には、この期間の数字ごとに新しいほうから${PRINTED}件を印刷しています。報告書の数字からここへ来たときは、その一覧だけを、すべて印刷します。</p>
<nav aria-label="数字の一覧"><details><summary>数字の一覧（${formatCount(figures.length)}）</summary><ul>${figures.map(
    (figure) =>
      html`<li><a href="#${encodeURIComponent(figure.id)}">${figure.label}</a> ${formatCount(figure.value)}件</li>`,
  )}</ul></details></nav>
${figures.map((figure) => figureSection(report, figure))}
<section class="sql"><h2>集計のSQL</h2>${questionsOf(figures).map(
    (figure) =>
      html`<div id="${questionId(figure)}"><h3>${figure.sql}</h3><pre>${pasteableSql(figure, report.questions)}</pre></div>`,
  )}</section>
</main>`;
  return htmlPage({ title: name, css: SIDECAR_CSS, body }).markup;
}

function figureSection(report: ListedReport, figure: Figure): Html {
  const view = { mark: figure.mark, longest: NO_LIMIT, topicLabels: labelsOf(report) };
  return html`<section id="${figure.id}"${figure.row.period === "previous" ? html` class="before"` : ""}><h2>${figure.label}　${formatCount(figure.value)}件</h2>
<p class="small soft"><a href="#${questionId(figure)}">集計のSQL</a>の <code>${rowCondition(figure)}</code> の行</p>
<ol>${figure.voiceIds.slice(0, LISTED).map((id) => {
    const voice = report.voices[id];
    return voice === undefined ? html`` : voiceItem(id, voice, view);
  })}</ol>${boundNote(report, figure)}
</section>
`;
}

/** Voices of each number on paper: printed whole, a week of five hundred voices is two hundred sheets. */
const PRINTED = 10;

const SIDECAR_CSS = `
main{padding-top:48px;max-width:800px}
h1{font-size:24px;line-height:1.4}
h2{font-size:16px;margin-top:48px;padding-top:16px;border-top:1px solid var(--ink)}
h3{font-size:13px;margin-top:24px}
nav{margin-top:24px}nav summary{cursor:pointer;color:var(--accent);font-weight:600}
nav ul{columns:2 280px;font-size:13px;margin-top:16px}
.paper{display:none}
@media print{
@page{size:A4;margin:12mm}
body{font-size:8.5pt;line-height:1.5}
main{max-width:none;padding:0}
h1{font-size:14pt}h2{font-size:10pt;margin-top:12pt;padding-top:6pt;break-after:avoid}
a{color:inherit;text-decoration:none}
.paper{display:block}
nav,.sql,.before,section>p{display:none}
ol{columns:2;column-gap:8mm}
.voice{break-inside:avoid;padding:3pt 0}.where,.tag{font-size:8pt;line-height:1.4}
.voice:nth-child(n+${PRINTED + 1}){display:none}
main:has(>section:target)>section:not(:target){display:none}
section:target{display:block}section:target .voice{display:list-item;list-style:none}
}
`;
