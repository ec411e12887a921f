import { type CommonReport, spanWordsOf } from "./common-report.ts";

type Basis = NonNullable<CommonReport["pastSpans"]>["usual"];

/** What a week or a month is called in these sentences. */
const NAMES = {
  weekly: {
    one: "週",
    many: "週",
    alike: "（休みの日数が今週と2日以上違う週は除きます）",
    yearAgo: "52週前の同じ週",
  },
  monthly: { one: "月", many: "か月", alike: "", yearAgo: "前年の同じ月" },
} as const;

/** Says what いつもの水準 and 前年 are made of, in a sentence each; nothing in a value of format 2. */
export function pastRule(report: CommonReport): string {
  const { pastSpans, period } = report;
  if (pastSpans === null) return "";
  const { one, yearAgo } = NAMES[period.job];
  const last =
    pastSpans.lastYear === null
      ? `前年の同じ${one}の声はありません。`
      : `「前年」は${yearAgo}です。`;
  return usualRule(report, pastSpans.usual) + last;
}

function usualRule(report: CommonReport, usual: Basis): string {
  const { one, many, alike } = NAMES[report.period.job];
  if (usual === null) {
    return `「いつも」の水準は、比べられる${one}がまだ足りないため出していません。`;
  }
  const count = `${usual.periods.length}${many}`;
  const spans =
    usual.basis === "seasons"
      ? `前年までの同じ時期の${count}`
      : `${spanWordsOf(report).previous}より前の${count}`;
  return `「いつも」は${spans}を合わせた割合で、かっこ内は${one}ごとの最小と最大です${alike}。`;
}
