import type { CommonReport } from "../common-report.ts";
import { spanWordsOf } from "../common-report.ts";
import { shareCell } from "../few-voices.ts";
import { shareSentence } from "../headlines.ts";
import { annotationDays, annotationSubject, markOf, trendMarks } from "../past/annotations.ts";
import { trendShare } from "../past/trend.ts";
import { plainText } from "../sentence.ts";
import { comparableLines } from "../source-change.ts";
import { voicesMessage } from "./common-sections.ts";
import { count, share, text } from "./move-columns.ts";
import type { Block, Section } from "./outline.ts";

export function trendSection(report: CommonReport): Section {
  const unit = report.period.job === "weekly" ? "週" : "月";
  const marks = trendMarks(report);
  const first = report.trend.findIndex(({ voices }) => voices > 0);
  const said = shareSentence(
    comparableLines(report.keyFigures, report),
    report.figures,
    spanWordsOf(report),
  );
  return {
    id: "trend",
    title: "推移",
    message: said === undefined ? voicesMessage(report) : plainText(said),
    blocks: [
      {
        type: "table",
        title: "推移",
        columns: [
          text(unit),
          { title: "初日", kind: "day", isDetail: true },
          count("声"),
          count("ネガティブを含む声"),
          share("ネガティブを含む割合"),
        ],
        // Before the first voice nothing is known, which is not the same as none.
        rows: report.trend.map((point, index) => [
          `${point.name}${marks[index]}`,
          point.from,
          index < first ? null : point.voices,
          index < first ? null : point.negative,
          shareCell(trendShare(point), point.voices),
        ]),
        chart: { form: "trend", columns: [2, 4] },
      },
      ...annotationBlocks(report),
    ],
  };
}

function annotationBlocks(report: CommonReport): Block[] {
  const { annotations } = report;
  if (annotations.length === 0) return [];
  return [
    {
      type: "table",
      title: "推移の印",
      columns: [text("印"), text("日"), text("できごと"), text("商品・話題")],
      rows: annotations.map((each, index) => [
        markOf(index),
        annotationDays(each),
        each.label,
        annotationSubject(report, each),
      ]),
    },
  ];
}
