import type { CommonReport } from "../common-report.ts";
import { formatCount, formatDate, formatPercent } from "../format-japanese.ts";
import type { Correction } from "../frozen/correction.ts";
import { tagChangesText } from "../frozen/tag-changes.ts";
import { type Html, html } from "./html.ts";

type Line = Correction["lines"][number];
type Said = Line["before"] | null;

/** What a second or later revision says otherwise than those before it; nothing in a first one. */
export function correctionSection(report: CommonReport): Html {
  if (report.revision < 2) return html``;
  return html`<section class="correction"><h2>訂正</h2>
${report.correction === null ? html`<p>${UNKNOWN}</p>` : correctionTable(report.correction, report)}
</section>`;
}

/** The same in one sentence, for a page without room; nothing in a first revision. */
export function correctionSentence({ revision, correction, line: cut }: CommonReport): string {
  if (revision < 2) return "";
  if (correction === null) return UNKNOWN;
  const { lines, omitted } = correction;
  const beside = besideNumbers(correction, cut);
  const before = revisionWords(correction);
  if (lines.length === 0)
    return `${before}から、主な数字と話題の件数に変わりはありません。${beside}`;
  const first = lines.slice(0, 3).map((line) => {
    const said = saidIn(line).map(saidText).join("→");
    return `${line.label} ${said}${isOfShareOnly(line) ? `（${SHARE_ONLY}）` : ""}`;
  });
  const rest = lines.length + omitted - first.length;
  return `${before}から、${first.join("、")}${rest === 0 ? "" : `、ほか${formatCount(rest)}項目`}が変わりました。${beside}`;
}

/** What was done since beside what the numbers say, and why they moved; nothing where nothing was. */
function besideNumbers(correction: Correction, cut: CommonReport["line"]): string {
  const { withdrawn = 0, tags, recalibrated = false, readAnew = false, sources } = correction;
  const [oldest = correction] = correction.older ?? [];
  const since = `第${oldest.revision}版のあとに`;
  return [
    sources === undefined ? "" : sourcesText(sources, oldest, cut),
    readAnew
      ? `${since}、声を読み取る仕組みが新しくなりました。同じ声でも、分類が変わっていることがあります。`
      : "",
    recalibrated
      ? `${since}、機械の確信度の校正が変わりました。そのあとで分類した声では、見せるタグがその分だけ変わります。`
      : "",
    tags === undefined ? "" : tagChangesText(tags, since),
    withdrawn === 0 ? "" : `${since}、気づき${formatCount(withdrawn)}件が取り下げられました。`,
    missingText(oldest),
  ].join("");
}

/** Why there are more voices, or fewer; a line may be cut otherwise since. */
function sourcesText(
  sources: NonNullable<Correction["sources"]>,
  { revision }: Pick<Correction, "revision">,
  cut: CommonReport["line"],
): string {
  const counts = (sign: 1 | -1) =>
    sources
      .filter(({ more }) => more * sign > 0)
      .map(({ source, more }) => `${source} ${formatCount(more * sign)}件`)
      .join("、");
  const [more, fewer] = [counts(1), counts(-1)];
  const [came, went] =
    cut === undefined
      ? ["届いた", "日付が訂正されたため"]
      : ["このラインに入った", "日付が訂正されたか、このラインから外れたため"];
  return [
    more === "" ? "" : `第${revision}版のあとに${came}声（${more}）を加えました。`,
    fewer === ""
      ? ""
      : `第${revision}版にあった声（${fewer}）は、消去されたか、${went}、数に入っていません。`,
  ].join("");
}

/** For whoever holds a revision that has no column. */
function missingText({ revision }: Pick<Correction, "revision">): string {
  if (revision === 1) return "";
  const last = revision - 1;
  return `${last === 1 ? "第1版" : `第1版から第${last}版`}をお持ちの方は、ここにない違いもありますので、この版に差し替えてください。`;
}

const UNKNOWN = "前の版は古い形式で保存されているため、この版との違いを示せません。";
const SHARE_ONLY = "割合だけの違い";

function correctionTable(correction: Correction, report: CommonReport): Html {
  const { older = [], revision, taxonomy, taxonomyVersion, lines, omitted } = correction;
  const beside = besideNumbers(correction, report.line);
  const before = revisionWords(correction);
  const sameTaxonomy = taxonomy === report.taxonomy;
  const revisions = [...older.map((each) => each.revision), revision];
  return html`${
    sameTaxonomy && taxonomyVersion === report.taxonomyVersion
      ? ""
      : html`<p>話題の表が、${taxonomy} の版 ${taxonomyVersion} から ${report.taxonomy} の版 ${report.taxonomyVersion} に変わりました。${sameTaxonomy ? "" : "話題ごとの件数は比べていません。"}</p>`
  }${
    lines.length === 0
      ? html`<p>${before}から、主な数字と話題ごとのネガティブな声の件数に変わりはありません。</p>`
      : html`<p>${before}から変わった数字です。</p>
<table><thead><tr><th>数字</th>${revisions.map((each) => html`<th class="num">第${each}版</th>`)}<th class="num">${older.length > 0 ? "今回" : `第${report.revision}版`}</th></tr></thead><tbody>${lines.map(
          (line) =>
            html`<tr><th scope="row">${line.label}${isOfShareOnly(line) ? html`<br><span class="small soft">${SHARE_ONLY}</span>` : ""}</th>${saidIn(line).map((said) => html`<td class="num">${saidCell(said)}</td>`)}</tr>
`,
        )}</tbody></table>
${omitted === 0 ? "" : html`<p class="small soft">ほかに${formatCount(omitted)}話題で件数が変わりました。</p>`}`
  }${beside === "" ? "" : html`<p>${beside}</p>`}`;
}

function revisionWords({ older = [], revision, asOf }: Correction): string {
  return [...older, { revision, asOf }]
    .map((each) => `第${each.revision}版（${formatDate(each.asOf)}作成）`)
    .join("・");
}

function saidIn({ older = [], before, after }: Line): readonly Said[] {
  return [...older, before, after];
}

function isOfShareOnly(line: Line): boolean {
  return saidIn(line).every((said) => said === null || said.count === line.after.count);
}

/** On a phone the share goes below its count whole, brackets and all. */
function saidCell(said: Said): Html {
  if (said === null) return html`―`;
  const { count, share } = said;
  const part = share === null ? "" : html`<span class="nowrap">（${formatPercent(share)}）</span>`;
  return html`<span class="nowrap">${formatCount(count)}件</span><wbr>${part}`;
}

function saidText(said: Said): string {
  if (said === null) return "―";
  const { count, share } = said;
  return `${formatCount(count)}件${share === null ? "" : `（${formatPercent(share)}）`}`;
}
