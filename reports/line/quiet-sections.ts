import { noteBlock, type Section } from "../outline/outline.ts";
import type { AnyReport } from "../outline/outline-of.ts";
import type { WeeklyReport } from "../weekly/weekly-report.ts";
import { SECTION_TITLES } from "../words.ts";

/** Sections that a line's report leaves out where they have nothing to say, by their ids, in the order of the page. */
const QUIET: readonly {
  readonly id: keyof typeof SECTION_TITLES;
  readonly isQuiet: (report: WeeklyReport) => boolean;
}[] = [
  {
    id: "signals",
    isQuiet: ({ signals }) => signals?.isTested === true && signals.rows.length === 0,
  },
  {
    id: "terms",
    isQuiet: ({ risingTerms }) => risingTerms.rows.length === 0,
  },
  { id: "praise", isQuiet: ({ praise }) => praise.length === 0 },
  {
    id: "awareness",
    isQuiet: ({ awareness }) =>
      awareness.current.length + awareness.added.length + (awareness.withdrawn ?? []).length === 0,
  },
];

/** A line of few voices would be headings without a word below: those are named in one sentence instead. */
export function quietSections(report: AnyReport): { ids: string[]; told: Section[] } {
  if (report.job !== "weekly" || report.line === undefined) return { ids: [], told: [] };
  const quiet = QUIET.filter(({ isQuiet }) => isQuiet(report));
  const hidden = new Set<string>(report.theme?.hide ?? []);
  const titles = quiet
    .filter(({ id }) => !hidden.has(id))
    .map(({ id }) => `「${SECTION_TITLES[id]}」`);
  const sentence = `${titles.join("")}には、今週載せるものがありませんでした。`;
  return {
    ids: quiet.map(({ id }) => id),
    told:
      titles.length === 0
        ? []
        : [{ id: "quiet", title: "このほかの項目", blocks: [noteBlock(sentence)] }],
  };
}
