import { weekOf } from "../../pipeline/period.ts";
import type { CommonReport } from "../common-report.ts";
import { formatCount } from "../format-japanese.ts";
import { noteBlock, type Section } from "../outline/outline.ts";
import { type Html, html } from "../page/html.ts";

const TITLE = "この報告書の範囲";

type OfLine = Pick<CommonReport, "period" | "line">;

/** Which voices a line's report counts, and where the whole is; nothing in the whole's own. */
export function lineSection(report: OfLine): Html {
  const sentences = lineSentences(report);
  if (sentences.length === 0) return html``;
  return html`<section class="scope"><p class="small soft"><b>${TITLE}</b>　${sentences.join("")}<a href="${wholeFile(report)}">全体の報告書</a>もご覧ください。</p></section>`;
}

/** The same for the forms without links. */
export function lineOutline(report: OfLine): Section[] {
  const sentences = lineSentences(report);
  if (sentences.length === 0) return [];
  const whole = `全体の報告書は ${wholeFile(report)} にあります。`;
  return [{ id: "line", title: TITLE, blocks: [noteBlock(...sentences, whole)] }];
}

function lineSentences({ line }: OfLine): string[] {
  if (line === undefined) return [];
  const { name, products, places, before, nameless = 0 } = line;
  const others = before.map((other) => `「${other}」`).join("");
  const fits = [namesOf("商品", products), namesOf("場所", places)].filter((part) => part !== "");
  if (fits.length === 0) {
    return [`${others}のどの商品ラインにも当てはまらない声だけを数えています。`];
  }
  return [
    `商品ライン「${name}」の声だけを数えています。当てはまるのは、${fits.join("、または")}です。`,
    ...(fits.join("").includes("*") ? ["* は、どんな文字の並びでもよいしるしです。"] : []),
    ...(others === "" ? [] : [`${others}にも当てはまる声は、そちらだけで数えています。`]),
    ...(nameless === 0
      ? []
      : [
          `商品も場所も記入されていない今週の声${formatCount(nameless)}件は入っていません。本文に出てくる名前では数えません。`,
        ]),
    "件数の比較も早期の兆しも、このラインの声だけで調べています。",
  ];
}

function namesOf(what: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${what}の名前が${names.map(patternWords).join("、または")}`;
}

/** The stars of a pattern, where they stand, as a reader would say them. */
function patternWords(pattern: string): string {
  const [, start, words, end] = /^(\*?)([^*]+)(\*?)$/.exec(pattern) ?? [];
  if (words === undefined) return `「${pattern}」の形のもの`;
  if (start === "*" && end === "*") return `「${words}」を含むもの`;
  if (end === "*") return `「${words}」で始まるもの`;
  return start === "*" ? `「${words}」で終わるもの` : `「${words}」`;
}

/** They lie in one folder, and their names differ by the line. */
function wholeFile({ period }: OfLine): string {
  return `${weekOf(period.from).name}.html`;
}
