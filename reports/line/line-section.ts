import { weekOf } from "../../pipeline/period.ts";
import type { CommonReport } from "../common-report.ts";
import { type Html, html } from "../html.ts";
import { noteBlock, type Section } from "../outline/outline.ts";

const TITLE = "この報告書の範囲";

type OfLine = Pick<CommonReport, "period" | "line">;

/** Which voices a line's report counts, and where the whole is; nothing in the whole's own. */
export function lineSection(report: OfLine): Html {
  const sentences = lineSentences(report);
  if (sentences.length === 0) return html``;
  return html`<section><h2>${TITLE}</h2><p class="small">${sentences.join("")}<a href="${wholeFile(report)}">全体の報告書</a></p></section>`;
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
  const { name, products, places, before } = line;
  const others = before.map((other) => `「${other}」`).join("");
  const fits = [namesOf("商品", products), namesOf("場所", places)].filter((part) => part !== "");
  if (fits.length === 0) {
    return [`${others}のどの商品ラインにも当てはまらない声だけを数えています。`];
  }
  return [
    `商品ライン「${name}」の声だけを数えています。当てはまるのは、${fits.join("、または")}の声です。`,
    ...(fits.join("").includes("*") ? ["名前の * は、どんな文字の並びでもよいしるしです。"] : []),
    ...(others === "" ? [] : [`${others}にも当てはまる声は、そちらだけで数えています。`]),
    "件数の比較も、早期の兆しの検定も、このラインの声だけで行っています。",
  ];
}

function namesOf(what: string, names: readonly string[]): string {
  return names.length === 0 ? "" : `${what}が${names.map((name) => `「${name}」`).join("か")}`;
}

/** They lie in one folder, and their names differ by the line. */
function wholeFile({ period }: OfLine): string {
  return `${weekOf(period.from).name}.html`;
}
