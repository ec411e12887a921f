import type { CommonReport } from "../common-report.ts";
import { formatCount, formatDate, formatPercent } from "../format-japanese.ts";
import type { Correction } from "../frozen/correction.ts";
import { type Block, type Cell, type Column, noteBlock, type Section } from "../outline/outline.ts";
import { type Html, html } from "./html.ts";
import { reasonHtml, reasonText, reasonVoices } from "./reason-texts.ts";
import { sinceTexts } from "./since-texts.ts";

type Line = Correction["lines"][number];
type Said = Line["before"] | null;

/** What a second or later revision says otherwise than those before it; nothing in a first one. */
export function correctionSection(report: CommonReport): Html {
  if (report.revision < 2) return html``;
  return html`<section class="correction"><h2>訂正</h2>
${report.correction === null ? html`<p>${UNKNOWN}</p>` : correctionTable(report.correction, report)}
</section>`;
}

/** The same in a few sentences, for a page without room; nothing in a first revision. */
export function correctionSentence(report: CommonReport): string {
  const { revision, correction } = report;
  if (revision < 2) return "";
  if (correction === null) return UNKNOWN;
  const { lines, omitted } = correction;
  const beside = besideTexts(report, correction).join("");
  if (lines.length === 0) return `${unchangedText(correction)}${beside}`;
  const titles = columnsOf(correction, report);
  const first = lines.slice(0, NAMED).map((line) => {
    const said = saidIn(line)
      .map((each, index) => `${titles.length > 2 ? titles[index] : ""}${saidText(each)}`)
      .join("→");
    return `${line.label} ${said}${isOfShareOnly(line) ? `（${SHARE_ONLY}）` : ""}`;
  });
  const rest = lines.length + omitted - first.length;
  const others = rest === 0 ? "" : `、ほか${formatCount(rest)}項目（${ELSEWHERE}）`;
  return `${changedWords(correction)}から、${first.join("、")}${others}が変わりました。${beside}`;
}

/** Lines that a sentence has room for. */
const NAMED = 3;
const ELSEWHERE = "画面の報告書と Excel の「訂正」に、すべてあります";

/** What the numbers do not say. */
function besideTexts(report: CommonReport, correction: Correction): string[] {
  return [...sinceTexts(report, correction), ...missingTexts(correction)];
}

/** For whoever holds a revision that has no column. */
function missingTexts({ older = [], revision: newest }: Correction): string[] {
  const last = (older[0]?.revision ?? newest) - 1;
  if (last === 0) return [];
  const text = `${last === 1 ? "第1版" : `第1版から第${last}版`}をお持ちの方は、ここにない違いもありますので、この版に差し替えてください。`;
  return [text];
}

const UNKNOWN = "前の版は古い形式で保存されているため、この版との違いを示せません。";
const SHARE_ONLY = "割合だけの違い";

function correctionTable(correction: Correction, report: CommonReport): Html {
  const { taxonomy, taxonomyVersion, lines, omitted } = correction;
  const sameTaxonomy = taxonomy === report.taxonomy;
  const rest = lines.slice(LONGEST);
  return html`${
    sameTaxonomy && taxonomyVersion === report.taxonomyVersion
      ? ""
      : html`<p>話題の表が、${taxonomy} の版 ${taxonomyVersion} から ${report.taxonomy} の版 ${report.taxonomyVersion} に変わりました。${sameTaxonomy ? "" : "話題ごとの件数は比べていません。"}</p>`
  }${
    lines.length === 0
      ? html`<p>${unchangedText(correction)}</p>`
      : html`<p>${changedText(correction, "紙には")}</p>
${linesTable(correction, report, lines.slice(0, LONGEST))}
${rest.length === 0 ? "" : html`<details class="data"><summary>ほかに${formatCount(rest.length)}項目</summary>${linesTable(correction, report, rest)}</details>`}${omitted === 0 ? "" : html`<p class="small soft">ほかに${formatCount(omitted)}話題で件数が変わりました。</p>`}`
  }${besideTexts(report, correction).map((text) => html`<p>${text}</p>`)}${reasonVoices(lines, report)}`;
}

/** So many stand open. */
const LONGEST = 12;

/** @param where a part of them stands */
function changedText(correction: Correction, where: string): string {
  const { length } = correction.lines;
  const part =
    length <= LONGEST ? "" : `（全${formatCount(length)}項目、${where}そのうち${LONGEST}項目）`;
  return `${changedWords(correction)}から変わった数字です${part}。`;
}

function linesTable(correction: Correction, report: CommonReport, lines: readonly Line[]): Html {
  const hasReasons = tellsReasons(correction);
  return html`<table><thead><tr><th>数字</th>${columnsOf(correction, report).map((title) => html`<th class="num">${title}</th>`)}${hasReasons ? html`<th class="why">わけ</th>` : ""}</tr></thead><tbody>${lines.map(
    (line) =>
      html`<tr><th scope="row">${line.label}${isOfShareOnly(line) ? html`<br><span class="small soft">${SHARE_ONLY}</span>` : ""}</th>${saidIn(line).map((said) => html`<td class="num">${saidCell(said)}</td>`)}${hasReasons ? html`<td class="why">${reasonHtml(line, correction, report)}</td>` : ""}</tr>
`,
  )}</tbody></table>`;
}

/** Not in older values. */
function tellsReasons({ lines }: Correction): boolean {
  return lines.some(({ reasons }) => reasons !== undefined);
}

/** Nothing in a first revision. */
export function correctionOutline(report: CommonReport): Section[] {
  const { revision, correction } = report;
  if (revision < 2) return [];
  const section = { id: "correction", title: "訂正" };
  const sentence = noteBlock(correctionSentence(report));
  if (correction === null || correction.lines.length === 0) {
    return [{ ...section, blocks: [sentence] }];
  }
  const sheet = correctionSheet(correction, report);
  if (!tellsReasons(correction)) return [{ ...section, blocks: [sentence], sheet }];
  const titles = ["数字", ...columnsOf(correction, report), "わけ"];
  const table: Block = {
    type: "table",
    title: "訂正",
    columns: titles.map((title) => ({ title, kind: "text" })),
    rows: correction.lines
      .slice(0, LONGEST)
      .map((line) => [
        `${line.label}${isOfShareOnly(line) ? `（${SHARE_ONLY}）` : ""}`,
        ...saidIn(line).map(saidText),
        reasonText(line, correction, report),
      ]),
  };
  const rest = correction.lines.length - LONGEST;
  const elsewhere = rest > 0 ? `ほかの${formatCount(rest)}項目は、${ELSEWHERE}。` : "";
  const beside = [elsewhere, ...besideTexts(report, correction)].join("");
  return [
    {
      ...section,
      message: `${changedWords(correction)}から、数字が${formatCount(correction.lines.length)}項目変わりました`,
      blocks: [
        noteBlock(changedText(correction, "ここには")),
        table,
        ...(beside === "" ? [] : [noteBlock(beside)]),
      ],
      sheet,
    },
  ];
}

/** All that changed, for a workbook. */
function correctionSheet(
  correction: Correction,
  report: CommonReport,
): NonNullable<Section["sheet"]> {
  const hasReasons = tellsReasons(correction);
  const columns: Column[] = [
    { title: "数字", kind: "text" },
    ...columnsOf(correction, report).flatMap((title): Column[] => [
      { title: `${title}の件数`, kind: "count" },
      { title: `${title}の割合`, kind: "share" },
    ]),
    ...(hasReasons ? [{ title: "わけ", kind: "text" as const }] : []),
  ];
  const rows = correction.lines.map((line) => [
    line.label,
    ...saidIn(line).flatMap((said): Cell[] => [said?.count ?? null, said?.share ?? null]),
    ...(hasReasons ? [reasonText(line, correction, report)] : []),
  ]);
  return { title: "訂正", columns, rows };
}

function columnsOf({ older = [], revision }: Correction, report: CommonReport): string[] {
  const name = (each: number) => `第${each}版`;
  const before = [...older.map((each) => each.revision), revision].map(name);
  return [...before, older.length > 0 ? "今回" : name(report.revision)];
}

function unchangedText(correction: Correction): string {
  const counted =
    correction.since === undefined ? "ネガティブな声" : "ネガティブな声とポジティブな声";
  return `${revisionWords(correction)}から、主な数字と話題ごとの${counted}の件数に変わりはありません。`;
}

/** Those that say something else; of an older value nobody knows. */
function changedWords(correction: Correction): string {
  const same = correction.since?.filter((each) => each.isSame).map((each) => each.revision);
  return revisionWords(correction, same);
}

function revisionWords({ older = [], revision, asOf }: Correction, without: number[] = []): string {
  return [...older, { revision, asOf }]
    .filter((each) => !without.includes(each.revision))
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
