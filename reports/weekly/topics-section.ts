import { trendMarks } from "../annotations.ts";
import { changeWord, heatClass, levelText, ratioText } from "../change-cell.ts";
import { figureOf } from "../figure.ts";
import { formatPercent, formatShortDay } from "../format-japanese.ts";
import { type Html, html } from "../html.ts";
import type { Baseline } from "../past.ts";
import { fewPeriodsNote } from "../past-rule.ts";
import type { Change } from "../statistics/change.ts";
import { barTopics, topicBars } from "../topic-bars.ts";
import type { TopicLine } from "../topic-table.ts";
import { isFirstSpoken } from "../trend.ts";
import { trendChart } from "../trend-chart.ts";
import { annotationTable, trendTable } from "../trend-tables.ts";
import { figureLink } from "../voice-lists.ts";
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
<table class="topics"><thead><tr><th>話題</th><th class="num">ネガ<wbr>ティブ</th><th class="num">中立</th><th class="num">ポジ<wbr>ティブ</th><th>ネガティブの変化</th></tr></thead>
<tbody>${topics.map((line) => row(report, line, largest))}</tbody></table>
<p class="rule small soft">その話題・感情の文を一つでも含む声の件数です。一つの声が複数の話題に数えられることがあります。濃い枠ほど件数が多く、倍率は声全体に占める割合の比、かっこ内はその信頼区間です（表全体で誤って名指しすることを抑えるため、95%より広く取っています）。${isFirstSpoken(trend) ? "" : UNCLEAR_NOTE}${fewPeriodsNote(report)}</p>
</section>`;
}

const UNCLEAR_NOTE =
  "「変化とは言えない」は、ふだんの揺れの範囲におさまり、増えたとも減ったとも言い切れないという意味です。";

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
<div class="narrow">${chart("bars-narrow", 352)}</div>${rest === 0 ? "" : html`<p class="small soft">ほかの${rest}の話題は、下の表にあります。</p>`}</figure>`;
}

function row(report: WeeklyReport, line: TopicLine, largest: number): Html {
  const cell = (id: string) =>
    html`<td class="${heatClass(report.figures, id, largest)}">${figureLink(report, id)}</td>`;
  return html`<tr><th scope="row">${line.label}</th>${cell(line.negative)}${cell(line.neutral)}${cell(line.positive)}<td class="moved small">${moved(
    isFirstSpoken(report.trend)
      ? html``
      : html`前週 ${figureLink(report, line.previousNegative)}件`,
    line.change,
  )}${pastMoved("いつも", line.usual)}${pastMoved("前年", line.lastYear)}</td></tr>
`;
}

function pastMoved(name: string, baseline: Baseline | null): Html {
  if (baseline === null) return html``;
  return moved(levelText(name, baseline, formatPercent), baseline.change);
}

function moved(from: Html, change: Change): Html {
  return html`<p><span>${from}</span>${changeWord(change)}<span class="soft nowrap">${ratioText(change)}</span></p>`;
}
