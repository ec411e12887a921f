import { type CommonReport, spanWordsOf } from "../common-report.ts";
import { formatDay } from "../format-japanese.ts";

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
    return `「いつも」の水準は、${lackWords(report)}ため出していません。`;
  }
  const count = `${usual.periods.length}${many}`;
  const spans =
    usual.basis === "seasons"
      ? `前年までの同じ時期の${count}`
      : `${spanWordsOf(report).previous}より前の${count}`;
  return `「いつも」は${spans}を合わせた割合で、かっこ内は${one}ごとの最小と最大です${alike}。`;
}

function lackWords({ pastSpans, period }: CommonReport): string {
  const { one, many } = NAMES[period.job];
  const lack = pastSpans?.lack ?? null;
  if (lack === null) return `比べられる${one}がまだ足りない`;
  const which = lack.reason === "few" ? `比べられる${one}` : `休みの日数が近い${one}`;
  return lack.found === 0 ? `${which}がまだない` : `${which}がまだ${lack.found}${many}しかない`;
}

/** Why nothing is said of change where the data begins within the period before. */
export function begunNote(report: CommonReport): string {
  const beginsOn = report.pastSpans?.beginsOn ?? null;
  if (beginsOn === null) return "";
  return `${spanWordsOf(report).previous}は${formatDay(beginsOn)}からのデータですので、増えたとも減ったとも言えません。`;
}

/** With fewer periods what is expected counts for more than what was seen. */
const FEW_PERIODS = 8;

/** Why little can be said of change, while that is so. */
export function fewPeriodsNote(report: CommonReport): string {
  const { trend, period } = report;
  const begun = begunNote(report);
  if (begun !== "") return begun;
  const earlier = trend.slice(0, -1).filter(({ voices }) => voices > 0).length;
  if (earlier === 0 || earlier >= FEW_PERIODS) return "";
  const { one, many } = NAMES[period.job];
  return `比べられる${one}がまだ${earlier}${many}しかなく、ふだんの揺れが十分にわからないため、大きな変化だけを「増えた」「減った」としています。`;
}
