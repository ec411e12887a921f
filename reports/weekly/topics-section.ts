import { HARM_SEVERITY } from "../../models/bodily-harm.ts";
import { isGrave } from "../../models/taxonomy.ts";
import { harmFigureOf } from "../bodily-harm.ts";
import { WEEK_WORDS } from "../common-report.ts";
import { figureOf } from "../figure.ts";
import { formatCount, formatShortDay } from "../format-japanese.ts";
import { cellText } from "../formats/cell-text.ts";
import { changeWord, heatClass, levelText, ratioText } from "../page/change-cell.ts";
import { type Html, html } from "../page/html.ts";
import { barTopics, topicBars } from "../page/topic-bars.ts";
import { trendChart } from "../page/trend-chart.ts";
import { annotationTable, trendTable } from "../page/trend-tables.ts";
import { figureLink } from "../page/voice-lists.ts";
import { trendMarks } from "../past/annotations.ts";
import { fewPeriodsNote } from "../past/past-rule.ts";
import { isFirstSpoken } from "../past/trend.ts";
import { isCertain } from "../statistics/change.ts";
import { shareIn, type ToldMove, toldMoves } from "../told-moves.ts";
import { RATIO_NOTE, type TopicLine } from "../topic-table.ts";
import { UNCLEAR_NOTE } from "../words.ts";
import { FEWEST_NEGATIVE } from "./priorities.ts";
import type { WeeklyReport } from "./weekly-report.ts";

export function topicsSection(report: WeeklyReport): Html {
  const { topics, figures, trend } = report;
  if (topics.length === 0) {
    return html`<section><h2>話題と感情</h2><p>今週、話題の付いた声はありません。</p></section>`;
  }
  const largest = Math.max(
    ...topics.flatMap(({ negative, neutral, positive }) =>
      [negative, neutral, positive].map((id) => figureOf(figures, id).value),
    ),
  );
  const news = topics.filter((line) => isNews(report, line));
  return html`<section><h2>話題と感情</h2>
<div class="charts">${bars(report)}
<figure><figcaption><b>${trend.length}週間の推移</b><span class="legend">上：声の件数　下：ネガティブを含む声の割合</span></figcaption>
${trendChart(
  trend,
  {
    id: "trend",
    widthPx: 352,
    heightPx: 320,
    description: "週ごとの声の件数と、ネガティブを含む声の割合",
  },
  ({ from }) => formatShortDay(from),
  trendMarks(report),
)}${annotationTable(report)}${trendTable(report)}</figure></div>
${
  news.length === 0
    ? html`<p>ネガティブな声が${FEWEST_NEGATIVE}件以上ある話題も、増減した話題もありません。</p>`
    : table(report, news, largest)
}${quietTopics(report, largest)}
<p class="rule small soft">その話題・感情の文を一つでも含む声の件数です。一つの声が複数の話題に数えられることがあります。濃い枠ほど件数が多いことを表します。${RATIO_NOTE}${isFirstSpoken(trend) ? "" : UNCLEAR_NOTE}${fewPeriodsNote(report)}</p>
</section>`;
}

/** What a meeting speaks about: what moved, what several customers blame, and what is grave, however few and in whatever tone. */
function isNews({ figures, priorities }: WeeklyReport, line: TopicLine): boolean {
  const isUrgent =
    line.severity >= HARM_SEVERITY || priorities.some(({ topic }) => topic === line.topic);
  // Harm may be told of more topics than there is room for above.
  if (isUrgent || figures[harmFigureOf(line.topic)] !== undefined) return true;
  const negative = figureOf(figures, line.negative).value;
  const fewest = isGrave(line) ? 1 : FEWEST_NEGATIVE;
  const moves = [line.change, line.usual?.change, line.lastYear?.change];
  return negative >= fewest || moves.some(isCertain);
}

/** Folded on a screen; on paper, where nothing unfolds, their names with what was said of them. */
function quietTopics(report: WeeklyReport, largest: number): Html {
  const quiet = report.topics.filter((line) => !isNews(report, line));
  if (quiet.length === 0) return html``;
  const count = (id: string) => formatCount(figureOf(report.figures, id).value);
  const title = `動きのない話題 ${quiet.length}件`;
  const rule = `今週のネガティブな声が${FEWEST_NEGATIVE - 1}件以下で、増減したとも言えない話題です（優先事項の話題と、お体への害にかかわる話題は、件数にかかわらず上の表に載せています）。`;
  const names = quiet.map(
    ({ label, negative, positive }) => `${label}（${count(negative)}・${count(positive)}）`,
  );
  return html`<details class="quiet"><summary>${title}</summary><p class="small soft">${rule}</p>${table(report, quiet, largest)}</details>
<p class="quiet-names small"><b>${title}</b>　${names.join("、")}<span class="soft">　${rule}かっこ内は、ネガティブとポジティブの件数です。</span></p>`;
}

function table(report: WeeklyReport, topics: readonly TopicLine[], largest: number): Html {
  return html`<table class="topics"><thead><tr><th>話題</th><th class="num">ネガ<wbr>ティブ</th><th class="num">中立</th><th class="num">ポジ<wbr>ティブ</th><th>ネガティブの変化</th></tr></thead>
<tbody>${topics.map((line) => row(report, line, largest))}</tbody></table>`;
}

/** Nothing where all that was said is neutral. */
function bars({ topics, figures }: WeeklyReport): Html {
  const shown = barTopics(topics, figures).length;
  if (shown === 0) return html`<p>話題の付いた声は、どれも中立です。</p>`;
  const chart = (id: string, widthPx: number) =>
    topicBars(topics, figures, {
      id,
      widthPx,
      description: "話題ごとのネガティブとポジティブの件数。数字は下の表と同じ",
    });
  const rest = topics.length - shown;
  return html`<figure><figcaption><b>話題ごとの声の件数</b><span class="legend"><i class="dark"></i>ネガティブ（左）<i class="light"></i>ポジティブ（右）</span></figcaption>
<div class="wide">${chart("bars-wide", 600)}</div>
<div class="narrow">${chart("bars-narrow", 352)}</div>${rest === 0 ? "" : html`<p class="small soft">そのほかの${rest}件の話題は、下に示しています。</p>`}</figure>`;
}

function row(report: WeeklyReport, line: TopicLine, largest: number): Html {
  const cell = (id: string, share = "") =>
    html`<td class="${heatClass(report.figures, id, largest)}">${figureLink(report, id)}${share === "" ? "" : html`<br><span class="small soft">${share}</span>`}</td>`;
  const share = cellText(shareIn(report.figures, line.negative), "share");
  const moves = toldMoves(report, line, WEEK_WORDS);
  return html`<tr><th scope="row">${line.label}</th>${cell(line.negative, share)}${cell(line.neutral)}${cell(line.positive)}<td class="moved small">${moves.map((move) => moved(report, move))}</td></tr>
`;
}

function moved(report: WeeklyReport, move: ToldMove): Html {
  const { name, change, figure, level } = move;
  if (change === null) return html``;
  const share = cellText(level, "share");
  const from =
    figure === null
      ? levelText(move)
      : html`${name} ${figureLink(report, figure)}件${share === "" ? "" : `・${share}`}`;
  return html`<p><span>${from}</span>${changeWord(change, name)}<span class="soft nowrap">${ratioText(change)}</span></p>`;
}
