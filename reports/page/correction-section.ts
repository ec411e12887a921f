import type { CommonReport } from "../common-report.ts";
import { formatCount, formatDate, formatPercent } from "../format-japanese.ts";
import type { Correction } from "../frozen/correction.ts";
import { tagChangesText } from "../frozen/tag-changes.ts";
import { type Html, html } from "./html.ts";

/** What a second or later revision says otherwise than the one before; nothing in a first one. */
export function correctionSection(report: CommonReport): Html {
  if (report.revision < 2) return html``;
  return html`<section class="correction"><h2>訂正</h2>
${report.correction === null ? html`<p>${UNKNOWN}</p>` : correctionTable(report.correction, report)}
</section>`;
}

/** The same in one sentence, for a page without room; nothing in a first revision. */
export function correctionSentence({ revision, correction }: CommonReport): string {
  if (revision < 2) return "";
  if (correction === null) return UNKNOWN;
  const { lines, omitted } = correction;
  const beside = besideNumbers(correction);
  const before = `第${correction.revision}版（${formatDate(correction.asOf)}作成）`;
  if (lines.length === 0)
    return `${before}から、主な数字と話題の件数に変わりはありません。${beside}`;
  const first = lines
    .slice(0, 3)
    .map(({ label, before: old, after }) => `${label} ${saidText(old)}→${saidText(after)}`);
  const rest = lines.length + omitted - first.length;
  return `${before}から、${first.join("、")}${rest === 0 ? "" : `、ほか${formatCount(rest)}項目`}が変わりました。${beside}`;
}

/** What was done since beside what the numbers say; nothing where nothing was. */
function besideNumbers({ withdrawn = 0, tags, recalibrated = false }: Correction): string {
  const moved = recalibrated ? RECALIBRATED : "";
  const said = `${moved}${tags === undefined ? "" : tagChangesText(tags)}`;
  if (withdrawn === 0) return said;
  return `${said}この間に、気づき${formatCount(withdrawn)}件が取り下げられました。`;
}

const RECALIBRATED =
  "この間に、機械の確信度の校正が変わりました。そのあとで分類した声では、見せるタグがその分だけ変わります。";

const UNKNOWN = "前の版は古い形式で保存されているため、この版との違いを示せません。";

function correctionTable(correction: Correction, report: CommonReport): Html {
  const { revision, asOf, taxonomy, taxonomyVersion, lines, omitted } = correction;
  const beside = besideNumbers(correction);
  const before = `第${revision}版（${formatDate(asOf)}作成）`;
  const sameTaxonomy = taxonomy === report.taxonomy;
  return html`${
    sameTaxonomy && taxonomyVersion === report.taxonomyVersion
      ? ""
      : html`<p>話題の表が、${taxonomy} の版 ${taxonomyVersion} から ${report.taxonomy} の版 ${report.taxonomyVersion} に変わりました。${sameTaxonomy ? "" : "話題ごとの件数は比べていません。"}</p>`
  }${
    lines.length === 0
      ? html`<p>${before}から、主な数字と話題ごとのネガティブな声の件数に変わりはありません。</p>`
      : html`<p>${before}から変わった数字です。</p>
<table><thead><tr><th>数字</th><th class="num">第${revision}版</th><th class="num">第${report.revision}版</th></tr></thead><tbody>${lines.map(
          ({ label, before: old, after }) =>
            html`<tr><th scope="row">${label}</th><td class="num">${saidCell(old)}</td><td class="num">${saidCell(after)}</td></tr>
`,
        )}</tbody></table>
${omitted === 0 ? "" : html`<p class="small soft">ほかに${formatCount(omitted)}話題で件数が変わりました。</p>`}`
  }${beside === "" ? "" : html`<p>${beside}</p>`}`;
}

/** On a phone the share goes below its count whole, brackets and all. */
function saidCell({ count, share }: Correction["lines"][number]["before"]): Html {
  const part = share === null ? "" : html`<span class="nowrap">（${formatPercent(share)}）</span>`;
  return html`<span class="nowrap">${formatCount(count)}件</span><wbr>${part}`;
}

function saidText({ count, share }: Correction["lines"][number]["before"]): string {
  return `${formatCount(count)}件${share === null ? "" : `（${formatPercent(share)}）`}`;
}
