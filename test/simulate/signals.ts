import { writeFileSync } from "node:fs";
import { findTaxonomy } from "../../models/load-classifier.ts";
import { seededRandom } from "../../models/random.ts";
import { drawChart } from "../../reports/page/charts.ts";
import { COLOURS } from "../../reports/page/style.ts";
import { ALARM_BUDGET, GAP_WEEKS, REFERENCE_WEEKS } from "../../reports/weekly/signals.ts";
import { readHokurikuWeeks } from "../support/hokuriku-weeks.ts";
import {
  alarmsOf,
  FIRST_TESTED,
  FIXED_THRESHOLD,
  plant,
  RULES,
  type Rule,
  type Series,
  shuffleWeeks,
} from "./plant-outbreaks.ts";

/** Writes docs/early-signals.md and its picture: what the rule finds, how soon, and what it alarms for nothing. */

const DOCS = new URL("../../docs/", import.meta.url);
const TRIALS = 300;
const SHUFFLES = 30;
const NAMES: Readonly<Record<Rule, string>> = {
  budget: "early signals (this product)",
  "two-sd": "mean + 2 standard deviations",
  fixed: `${FIXED_THRESHOLD} voices or more`,
};
const OUTBREAKS = [
  { name: "2 in one week", added: [2] },
  { name: "3 in one week", added: [3] },
  { name: "6 in one week", added: [6] },
  { name: "3, one a week", added: [1, 1, 1] },
  { name: "6, two a week", added: [2, 2, 2] },
];

const random = seededRandom(20_260_105);
const taxonomy = findTaxonomy("tourism");
const real: Series = {
  ...readHokurikuWeeks(),
  severities: new Map(taxonomy.leaves.map(({ id, severity }) => [id, severity])),
};
const testedWeeks = real.totals.map((_, week) => week).filter((week) => week >= FIRST_TESTED);

type Found = { readonly power: number; readonly delay: number };

/** Plants one outbreak after another. @returns how many are found, and how many weeks after the first voice */
function findOutbreaks(added: readonly number[]): Record<Rule, Found> {
  const delays: Record<Rule, number[]> = { budget: [], "two-sd": [], fixed: [] };
  const weeks = testedWeeks.filter((week) => week + added.length <= real.totals.length);
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const cell = Math.floor(random() * real.cells.length);
    const week = weeks[Math.floor(random() * weeks.length)] ?? FIRST_TESTED;
    const planted = plant(real, { cell, week, added });
    const alarms = added.map((_, later) => alarmsOf(planted, week + later));
    for (const rule of RULES) {
      const delay = alarms.findIndex((found) => found[rule][cell] === true);
      if (delay >= 0) delays[rule].push(delay);
    }
  }
  const foundOf = (found: readonly number[]) => ({
    power: found.length / TRIALS,
    delay: found.reduce((sum, delay) => sum + delay, 0) / found.length,
  });
  return {
    budget: foundOf(delays.budget),
    "two-sd": foundOf(delays["two-sd"]),
    fixed: foundOf(delays.fixed),
  };
}

function alarmsAWeek(series: Series): Record<Rule, number> {
  const counts: Record<Rule, number> = { budget: 0, "two-sd": 0, fixed: 0 };
  for (const week of testedWeeks) {
    const alarms = alarmsOf(series, week);
    for (const rule of RULES) counts[rule] += alarms[rule].filter(Boolean).length;
  }
  for (const rule of RULES) counts[rule] /= testedWeeks.length;
  return counts;
}

const results = OUTBREAKS.map(({ name, added }) => ({ name, found: findOutbreaks(added) }));
const onReal = alarmsAWeek(real);
const byChance: Record<Rule, number> = { budget: 0, "two-sd": 0, fixed: 0 };
for (let shuffle = 0; shuffle < SHUFFLES; shuffle += 1) {
  const alarms = alarmsAWeek(shuffleWeeks(real, random));
  for (const rule of RULES) byChance[rule] += alarms[rule] / SHUFFLES;
}

const percent = (share: number) => `${Math.round(100 * share)}%`;
const cellText = ({ power, delay }: Found) =>
  Number.isNaN(delay) ? "0%" : `${percent(power)}, ${delay.toFixed(1)} weeks`;
const table = [
  `| planted | ${RULES.map((rule) => NAMES[rule]).join(" | ")} |`,
  `|---|${RULES.map(() => "---").join("|")}|`,
  ...results.map(
    ({ name, found }) => `| ${name} | ${RULES.map((rule) => cellText(found[rule])).join(" | ")} |`,
  ),
  `| alarms a week, weeks in another order | ${RULES.map((rule) => byChance[rule].toFixed(2)).join(" | ")} |`,
  `| alarms a week, weeks as they were | ${RULES.map((rule) => onReal[rule].toFixed(2)).join(" | ")} |`,
];

const bars = results
  .slice(0, 3)
  .flatMap(({ name, found }) =>
    RULES.map((rule) => ({ name: `${name}: ${NAMES[rule]}`, power: found[rule].power, rule })),
  );
const picture = drawChart(
  {
    id: "signals",
    widthPx: 720,
    heightPx: 300,
    description: "Share of planted outbreaks that each rule finds; the numbers are in the table",
  },
  {
    grid: { left: 320, right: 64, top: 8, bottom: 8 },
    xAxis: { type: "value", min: 0, max: 1, show: false },
    yAxis: { type: "category", inverse: true, data: bars.map(({ name }) => name) },
    series: [
      {
        type: "bar",
        data: bars.map(({ power, rule }) => ({
          value: power,
          itemStyle: { color: rule === "budget" ? COLOURS.accent : COLOURS.pale },
          label: { show: true, position: "right", formatter: percent(power) },
        })),
      },
    ],
  },
);

const text = `# Early signals: what the rule finds, and what it alarms for nothing

Made by \`npm run simulate:signals\`; do not edit. The voices are the demo's: ${real.cells.length} cells of place and topic in ${real.totals.length} weeks,
of which the last ${testedWeeks.length} are tested. The reference is up to ${REFERENCE_WEEKS} weeks and ends ${GAP_WEEKS} weeks before the week that is tested. An outbreak is planted
${TRIALS} times, each time in a cell and a week drawn at random; most cells are nearly empty. Each field says how many are found, and how many
weeks after the first of its voices. The rule looks at one week and at two, each with half of the budget. The budget is ${ALARM_BUDGET} alarms a week by chance alone.

${table.join("\n")}

![Share of planted outbreaks that each rule finds](early-signals.svg)

Weeks in another order (${SHUFFLES} times) hold no news, so all their alarms are false. Weeks as they were hold news too: their alarms are not all false.
Voices come in flocks, one visitor often answers several questions, so a week's chance alarms may be more than the exact test of independent voices allows.
What is not shown: products, lots and customer keys, which the demo's voices do not have.
`;
writeFileSync(new URL("early-signals.md", DOCS), text);
writeFileSync(new URL("early-signals.svg", DOCS), `${picture.markup}\n`);
