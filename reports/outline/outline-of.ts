import { addDays } from "../../pipeline/period.ts";
import { MONTH_WORDS, WEEK_WORDS } from "../common-report.ts";
import { figureOf } from "../figure.ts";
import { formatCount, formatDay, formatPeriodName } from "../format-japanese.ts";
import { lineOutline } from "../line/line-section.ts";
import type { MonthlyReport } from "../monthly/monthly-report.ts";
import { correctionOutline } from "../page/correction-section.ts";
import { sourceNote } from "../source-change.ts";
import { reportKind } from "../theme/theme.ts";
import { arrangeSections } from "../theme/theme-sections.ts";
import { praiseSection as weeklyPraise } from "../weekly/voices-section.ts";
import type { WeeklyReport } from "../weekly/weekly-report.ts";
import {
  awarenessSection,
  completenessSectionOf,
  decisionsOutline,
  definitionsSectionOf,
  figuresSection,
  praiseSection,
  topicsSection,
} from "./common-sections.ts";
import { exposureOutline } from "./exposure-outline.ts";
import { headlinesSections } from "./headlines-outline.ts";
import type { Block, Outline, Section } from "./outline.ts";
import { rulesIn } from "./plain-html.ts";
import { quotedVoices } from "./quoted-voice.ts";
import { trendSection } from "./trend-outline.ts";
import {
  prioritiesOutline,
  signalsOutline,
  termsOutline,
  voicesOutline,
  watchBlocks,
} from "./weekly-sections.ts";

export type AnyReport = WeeklyReport | MonthlyReport;

/** What a report says, in the order of its page. Same value, same outline. */
export function outlineOf(report: AnyReport): Outline {
  const { period, revision, provisional, figures } = report;
  const days = `${formatDay(period.from)}〜${formatDay(addDays(period.until, -1))}`;
  const sections = report.job === "weekly" ? weeklySections(report) : monthlySections(report);
  const state = provisional ? "速報" : "確定";
  return {
    title: report.title,
    kind: reportKind(report),
    period: `${formatPeriodName(period.name)}${revision > 1 ? ` 第${revision}版` : ""}`,
    subtitle: `${days}　声 ${formatCount(figureOf(figures, "all").value)} 件　${state}`,
    sections: arrangeSections(
      report,
      sections.map((section) => ({ id: section.id, shown: section })),
      (section) => section,
    ),
  };
}

function weeklySections(report: WeeklyReport): Section[] {
  return [
    ...headlinesSections("見出し", report.headlines, {
      note: sourceNote(report, WEEK_WORDS),
    }),
    ...lineOutline(report),
    figuresSection(report),
    ...correctionOutline(report),
    prioritiesOutline(report),
    ...signalsOutline(report),
    topicsSection(report),
    trendSection(report),
    ...exposureOutline(report),
    termsOutline(report),
    ...voicesOutline(report),
    praiseSection(report, rulesIn(weeklyPraise(report))),
    awarenessSection(report),
    ...decisionsOutline(report),
    completenessSectionOf(report),
    definitionsSectionOf(report),
  ];
}

function evidenceBlocks(report: MonthlyReport): Block[] {
  return report.evidence.map(({ label, quote }) => ({
    type: "item",
    title: label,
    lines: [],
    quotes: quotedVoices(report, [quote]),
  }));
}

function monthlySections(report: MonthlyReport): Section[] {
  return [
    ...headlinesSections("今月わかったこと", report.findings, {
      note: sourceNote(report, MONTH_WORDS),
      evidence: [...evidenceBlocks(report), ...watchBlocks(report)],
    }),
    figuresSection(report),
    ...correctionOutline(report),
    trendSection(report),
    topicsSection(report),
    ...exposureOutline(report),
    praiseSection(report),
    awarenessSection(report),
    ...decisionsOutline(report),
    completenessSectionOf(report),
    definitionsSectionOf(report),
  ];
}
