import { SUSPECTED_NAME } from "../bodily-harm.ts";
import { MONTH_WORDS } from "../common-report.ts";
import { formatShare } from "../few-voices.ts";
import { figureOf } from "../figure.ts";
import { formatCount, formatPeriodName } from "../format-japanese.ts";
import { graveToWatch } from "../grave-topics.ts";
import { type KeyFigure, toldShare } from "../key-figures.ts";
import { begunLine, changeWord, evenedText, ratioText } from "../page/change-cell.ts";
import { completenessSection } from "../page/completeness-section.ts";
import { correctionSection, correctionSentence } from "../page/correction-section.ts";
import { decisionsSection } from "../page/decisions-section.ts";
import { definitionsSection } from "../page/definitions-section.ts";
import { exposureSection } from "../page/exposure-section.ts";
import { type Html, html } from "../page/html.ts";
import { emptyDaysLine, sourceLine } from "../page/note-lines.ts";
import { doubtTag, quoteBlock } from "../page/quote-block.ts";
import { renderSentence } from "../page/render-sentence.ts";
import { reportMasthead } from "../page/report-masthead.ts";
import { reportFiles } from "../page/report-page.ts";
import { sectionHtml } from "../page/section-html.ts";
import { trendChart } from "../page/trend-chart.ts";
import { annotationTable, trendTable } from "../page/trend-tables.ts";
import { voiceNumber, voiceText, whereOf } from "../page/voice-item.ts";
import { figureLink } from "../page/voice-lists.ts";
import { trendMarks } from "../past/annotations.ts";
import { isCertain } from "../statistics/change.ts";
import { hasLogo, reportKind } from "../theme/theme.ts";
import { themeSections } from "../theme/theme-sections.ts";
import { type ToldMove, toldMoves } from "../told-moves.ts";
import type { TopicLine } from "../topic-table.ts";
import { quotedPart } from "../voices/cut-voice.ts";
import { awarenessColumn, awarenessRest } from "./awareness-column.ts";
import { MONTHLY_CSS } from "./monthly-css.ts";
import type { MonthlyReport } from "./monthly-report.ts";

const TOPICS_SHOWN = 8;
const ANNOTATIONS_SHOWN = 4;
const DECISIONS_SHOWN = 3;

/**
 * Renders the page for executives: in print one A4 side (`.sheet`) and one of definitions; on a screen the rest of
 * the topics and the voices too. Same value, same bytes.
 */
export function renderMonthly(report: MonthlyReport): { html: string; voicesHtml: string } {
  return reportFiles(report, {
    title: `${report.title} ${reportKind(report)} ${formatPeriodName(report.period.name)}`,
    css: MONTHLY_CSS,
    hasImage: hasLogo(report),
    body: html`<main>
<div class="sheet">
${reportMasthead(report)}
<section class="findings"><h2>今月わかったこと</h2>${sourceLine(report)}<ol>${report.findings.map(
      (sentence, index) =>
        html`<li>${renderSentence(report, sentence)}${evidenceOf(report, index)}</li>`,
    )}</ol>${watchLines(report)}</section>
${keyRow(report)}
<div class="columns middle">${trendColumn(report)}${topicsColumn(report)}</div>
<div class="columns last"><div>${decisionsSection(report, DECISIONS_SHOWN)}${praiseColumn(report)}</div>${awarenessColumn(report)}</div>
${smallPrint(report)}
</div>${ownSections(report)}
<div class="rest">
${correctionSection(report)}
${topicsRest(report)}
${exposureSection(report)}
${decisionsRest(report)}
${awarenessRest(report)}
${completenessSection(report)}
${definitionsSection(report)}
</div>
</main>
`,
  });
}

/** The company's own sections, in print on a page of their own; the first page has no room. */
function ownSections(report: MonthlyReport): Html {
  const sections = themeSections(report);
  if (sections.length === 0) return html``;
  return html`
<div style="break-before:page">${sections.map((section) => sectionHtml(section))}</div>`;
}

/** What no finding speaks of, and somebody must look at. */
function watchLines(report: MonthlyReport): Html {
  const { suspectedHarm } = report;
  const grave = graveToWatch(report);
  if (suspectedHarm === null && grave.length === 0) return html``;
  return html`<div class="watch">${
    suspectedHarm === null
      ? ""
      : html`<p class="small">${SUSPECTED_NAME} ${figureLink(report, suspectedHarm)}件（推定）　確かではありませんが、念のため内容をご確認ください。</p>`
  }${grave.map(({ sentence }) => html`<p class="small">${renderSentence(report, sentence)}</p>`)}</div>`;
}

/** More of it stands in the list behind the finding's number. */
const LONGEST_EVIDENCE = 90;

function evidenceOf(report: MonthlyReport, index: number): Html {
  const shown = report.evidence.filter(({ finding }) => finding === index);
  return html`${shown.map(({ quote }) => {
    const voice = report.voices[quote.voiceId];
    return voice === undefined
      ? html``
      : html`<p class="evidence">「${voiceText(voice, [quote], quotedPart(voice, quote.start, LONGEST_EVIDENCE))}」 <span class="where">${whereOf(voice)}　${voiceNumber(quote.voiceId)}${doubtTag(quote)}</span></p>`;
  })}`;
}

function keyRow(report: MonthlyReport): Html {
  return html`<section class="key" aria-label="主な数字">${report.keyFigures
    .filter(({ measure }) => !measure.startsWith("no_"))
    .map((line) => keyCard(report, line))}</section>${begunLine(report)}`;
}

function keyCard(report: MonthlyReport, line: KeyFigure): Html {
  const { label, figure } = line;
  const share = toldShare(report.figures, line.share);
  const moves = toldMoves(report, line, MONTH_WORDS);
  const previous = moves[0]?.figure ?? null;
  const before = previous === null ? html`` : html`前月 ${figureLink(report, previous)}件`;
  const said = saidMoves(moves).map(
    ({ change, name }) => html`<p class="small">${changeWord(change, name)}</p>`,
  );
  if (share === null) {
    const all = line.measure === "all";
    const evened = all ? evenedText(moves.slice(0, 1)) : "";
    return html`<div class="card"><h3>${label}</h3><p class="big">${figureLink(report, figure)}<span>件</span></p><p class="small">${before}${evened === "" ? "" : html`<br><span class="soft">${evened}</span>`}</p>${said}${all ? emptyDaysLine(report) : ""}</div>`;
  }
  const whole = figureOf(report.figures, "all").value;
  return html`<div class="card"><h3>${label}</h3><p class="big">${formatShare(share.value, whole)}</p><p class="small">${figureLink(report, figure)}件${previous === null ? "" : html`（${before}）`}</p>${said}</div>`;
}

/** The page has room for the month before; of other levels it says where one was left. */
function saidMoves(moves: readonly ToldMove[]) {
  return moves.flatMap(({ name, change }, index) =>
    change !== null && (index === 0 || isCertain(change)) ? [{ name, change }] : [],
  );
}

function trendColumn(report: MonthlyReport): Html {
  return html`<section><h2>${report.trend.length}か月の推移</h2>
<p class="small soft">上：声の件数　下：ネガティブを含む声の割合</p>
${trendChart(
  report.trend,
  {
    id: "trend",
    widthPx: 336,
    heightPx: 264,
    description: "月ごとの声の件数と、ネガティブを含む声の割合",
  },
  ({ name }) => `${Number(name.slice(5))}月`,
  trendMarks(report),
)}${annotationTable(report, ANNOTATIONS_SHOWN)}${trendTable(report)}</section>`;
}

function topicsColumn(report: MonthlyReport): Html {
  return html`<section><h2>ネガティブの多い話題</h2>${topicsTable(report, report.topics.slice(0, TOPICS_SHOWN))}</section>`;
}

function topicsTable(report: MonthlyReport, topics: readonly TopicLine[]): Html {
  return html`<table class="topics"><thead><tr><th>話題</th><th class="num">ネガ<wbr>ティブ</th><th class="num">前月</th><th class="num">ポジ<wbr>ティブ</th><th>前月からの変化</th></tr></thead><tbody>${topics.map(
    (line) => {
      const moves = toldMoves(report, line, MONTH_WORDS);
      const previous = moves[0]?.figure ?? null;
      const moved = saidMoves(moves).map(
        ({ change, name }, index) =>
          html`${index === 0 ? "" : html`<br>`}${changeWord(change, index === 0 ? undefined : name)} <span class="soft nowrap">${ratioText(change)}</span>`,
      );
      return html`<tr><th scope="row">${line.label}</th><td class="num">${figureLink(report, line.negative)}</td><td class="num">${previous === null ? "" : figureLink(report, previous)}</td><td class="num">${figureLink(report, line.positive)}</td><td class="moved">${moved}</td></tr>
`;
    },
  )}</tbody></table>`;
}

function topicsRest(report: MonthlyReport): Html {
  const rest = report.topics.slice(TOPICS_SHOWN);
  if (rest.length === 0) return html``;
  return html`<section><h2>そのほかの話題</h2>${topicsTable(report, rest)}</section>`;
}

/** All of them, where the page had no room. */
function decisionsRest(report: MonthlyReport): Html {
  return report.decisions.length > DECISIONS_SHOWN ? decisionsSection(report) : html``;
}

function praiseColumn(report: MonthlyReport): Html {
  return html`<section class="praise"><h2>今月のお褒め</h2>${
    report.praise.length === 0
      ? html`<p class="small">引用できるお褒めはありませんでした。</p>`
      : report.praise.map((quote) => quoteBlock(report, quote))
  }</section>`;
}

function smallPrint(report: MonthlyReport): Html {
  const { emptyDays, expected, unreadTotal } = report.completeness;
  const unread =
    unreadTotal === 0
      ? "読めなかった記録はありません。"
      : `読めなかった記録が${formatCount(unreadTotal)}件あります。`;
  const empty = emptyDays.length === 0 ? "" : `声のなかった日が${emptyDays.length}日あります。`;
  const late = expected.filter(({ hasArrived }) => !hasArrived).map(({ source }) => source);
  const missing = late.length === 0 ? "" : `まだ届いていない元：${late.join("、")}。`;
  const correction = correctionSentence(report);
  return html`<footer class="print-small">
${correction === "" ? "" : html`<p><b>訂正</b>　${correction}</p>`}
<p><b>読めなかったもの</b>　${unread}${empty}${missing}</p>
<p class="paper">紙面に入らないお褒め・気づきは、画面の報告書にあります。</p>
<p><b>数字の読み方</b>　件数は、その話題・感情の文を一つでも含む声の数です。話題・感情・声の種類は機械による推定です（<span class="tag by-person"><b>確認済</b></span> の付いたものは人が確かめました）。「増えた」「減った」は、前月との差が偶然では説明しにくいときだけ使い、かっこ内は倍率が偶然でぶれる幅です。定義は最後のページにあります。</p>
</footer>`;
}
