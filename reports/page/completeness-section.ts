import type { CommonReport } from "../common-report.ts";
import { formatCount, formatDay } from "../format-japanese.ts";
import { cellText } from "../formats/cell-text.ts";
import type { KeyFigure } from "../key-figures.ts";
import { shareIn } from "../told-moves.ts";
import { REASON_WORDS, STEP_WORDS } from "../words.ts";
import { type Html, html } from "./html.ts";
import { figureLink } from "./voice-lists.ts";

export function completenessSection(report: CommonReport): Html {
  const { sources, expected, emptyDays, unread, unreadTotal } = report.completeness;
  return html`<section><h2>読めなかったもの</h2>
${
  unreadTotal === 0
    ? html`<p>読めなかった記録はありません。</p>`
    : html`<p>${sources.length === 0 ? "この期間の声が届いたファイルはありません。これまでに取り込んだすべてのファイルで" : "この期間の声が入っているファイルで"}、${formatCount(unreadTotal)}件の記録が読めませんでした。元のファイルを直して取り込み直すと、次の報告から数に入ります。</p>
<table><thead><tr><th>ファイル</th><th class="num">行</th><th>列</th><th>理由</th></tr></thead><tbody>${unread.map(
        ({ file, row, column, step, reason }) =>
          html`<tr><td>${file}</td><td class="num">${formatCount(row)}</td><td>${column ?? "—"}</td><td>${REASON_WORDS[reason] ?? reason}<span class="soft small">（${STEP_WORDS[step] ?? step}）</span></td></tr>`,
      )}</tbody></table>
${unread.length < unreadTotal ? html`<p class="small soft">はじめの${unread.length}件です。</p>` : ""}`
}
<h3>集計に入っているもの</h3>
<dl class="facts">
<dt>声の届いたファイル</dt><dd>${
    sources.length === 0
      ? "なし"
      : sources.map(
          ({ file, source, figure }) =>
            html`<p>${file}<span class="soft small">（${source}）</span>　${figureLink(report, figure)}件</p>`,
        )
  }</dd>
${
  expected.length === 0
    ? ""
    : html`<dt>届く予定のもの</dt><dd>${expected.map(
        ({ source, hasArrived }) =>
          html`<p>${source}　${hasArrived ? "届きました" : html`<b>まだ届いていません</b>`}</p>`,
      )}</dd>
`
}<dt>声のなかった日</dt><dd>${emptyDays.length === 0 ? "なし" : emptyDays.map(formatDay).join("、")}</dd>
<dt>判定保留の文を含む声</dt><dd>${measure(report, "no_verdict")}</dd>
<dt>話題の付かなかった声</dt><dd>${measure(report, "no_topic")}</dd>
<dt>意見のない声</dt><dd>${measure(report, "no_opinion")}<span class="soft small">　「特になし」など</span></dd>
</dl>
</section>`;
}

function measure(report: CommonReport, name: KeyFigure["measure"]): Html {
  const line = report.keyFigures.find((figure) => figure.measure === name);
  if (line === undefined) return html``;
  const share = cellText(shareIn(report.figures, line.figure), "share");
  return html`${figureLink(report, line.figure)}件${share === "" ? "" : `（声全体の${share}）`}`;
}
