import { type CommonReport, spanWordsOf } from "../common-report.ts";
import { figureOf } from "../figure.ts";
import { exposureSection } from "../page/exposure-section.ts";
import { ruleBlocks } from "./common-sections.ts";
import { bounds, changeCells, changeColumns, count, ratio, text } from "./move-columns.ts";
import { type Block, noteBlock, type Section } from "./outline.ts";
import { rulesIn } from "./plain-html.ts";

/** Nothing where no sales or visitors are given. */
export function exposureOutline(report: CommonReport): Section[] {
  const { exposure } = report;
  if (exposure === null) return [];
  const { previous } = spanWordsOf(report);
  const isProduct = exposure.kind === "product";
  const counted = isProduct ? "販売数" : "来訪者数";
  const per = `100万${exposure.unit}あたり`;
  const title = `${counted}あたりのネガティブな声`;
  const table: Block = {
    type: "table",
    title,
    columns: [
      text(isProduct ? "商品" : "場所"),
      count("声"),
      count(counted),
      ratio(per),
      ...bounds(ratio(per)),
      ...changeColumns(previous),
    ],
    rows: exposure.rows.map(({ subject, figure, rate, change }) => [
      subject,
      figureOf(report.figures, figure).value,
      Math.round(rate.units),
      rate.value,
      rate.low,
      rate.high,
      ...changeCells(change, previous),
    ]),
  };
  const none = noteBlock(`${counted}とネガティブな声の両方があるものはありません。`);
  return [
    {
      id: "exposure",
      title,
      message: `${counted}あたりのネガティブな声を、${exposure.rows.length}${isProduct ? "商品" : "か所"}で比べました`,
      blocks: [
        exposure.rows.length === 0 ? none : table,
        ...ruleBlocks(rulesIn(exposureSection(report))),
      ],
    },
  ];
}
