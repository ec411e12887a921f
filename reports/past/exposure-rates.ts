import { z } from "zod";
import type { Exposure, ExposureLine } from "../../pipeline/intake/read-exposure.ts";
import { addFigure, type Figures, figureOf } from "../figure.ts";
import type { ReportEffects, Span, TwoPeriods } from "../report-effects.ts";
import { Change, compareRates } from "../statistics/change.ts";
import { poissonInterval } from "../statistics/poisson-interval.ts";
import { round4 } from "../statistics/round4.ts";
import { daysOf } from "./calendar.ts";

/** Voices with something negative for each million units. */
const Rate = z.strictObject({
  units: z.number(),
  value: z.number(),
  low: z.number(),
  high: z.number(),
});
type Rate = z.infer<typeof Rate>;

/** The negative voices of each product or place, by what was sold of it or who came. */
export const ExposureRates = z.strictObject({
  kind: z.enum(["product", "place"]),
  unit: z.string(),
  rows: z.array(
    z.strictObject({
      subject: z.string(),
      figure: z.string(),
      previous: z.string(),
      rate: Rate,
      /** null where the table does not cover the period before. */
      previousRate: Rate.nullable(),
      change: Change,
    }),
  ),
  /** Products or places with negative voices for which the table has not every day of the period. */
  missing: z.array(z.string()),
});
export type ExposureRates = z.infer<typeof ExposureRates>;

const MILLION = 1_000_000;

export type ExposureInput = {
  readonly exposure: Exposure | undefined;
  readonly periods: TwoPeriods;
  /** No voice is known from before: the period before has no rate. */
  readonly unknownBefore: Change | undefined;
  readonly spanWords: { readonly this: string; readonly previous: string };
};

/** @returns null where no table is given */
export async function readExposureRates(
  effects: ReportEffects,
  figures: Figures,
  { exposure, periods, unknownBefore, spanWords }: ExposureInput,
): Promise<ExposureRates | null> {
  if (exposure === undefined) return null;
  const { kind, unit, lines } = exposure;
  const { previousFrom, from, until } = periods;
  const { rows, ...asked } = await effects.readNegativeBySubject(periods, kind);
  const subjects = [...new Set(rows.map(({ subject }) => subject))].sort();
  const idsOf = (period: "this" | "previous", subject: string) =>
    rows.find((row) => row.period === period && row.subject === subject)?.voice_ids ?? [];
  const add = (period: "this" | "previous", subject: string) =>
    addFigure(figures, {
      id: `exposed-${subjects.indexOf(subject) + 1}${period === "this" ? "" : "-previous"}`,
      label: `${spanWords[period]}の「${subject}」のネガティブを含む声`,
      ...asked,
      row: { period, subject },
      mark: { sentiment: "negative" },
      listed: period === "this" ? "main" : "sidecar",
      voiceIds: idsOf(period, subject),
    });
  const cells = subjects.flatMap((subject) => {
    const own = lines.filter((line) => line.subject === subject);
    const units = unitsIn(own, { from, until });
    const previousUnits =
      unknownBefore === undefined ? unitsIn(own, { from: previousFrom, until: from }) : null;
    return units === null ? [] : [{ subject, units, previousUnits }];
  });
  const changes = compareRates(
    cells.map(({ subject, units, previousUnits }) => ({
      count: idsOf("this", subject).length,
      base: units,
      previousCount: idsOf("previous", subject).length,
      previousBase: previousUnits ?? 0,
      dispersion: 1,
    })),
  );
  const covered = cells.flatMap(({ subject, units, previousUnits }, index) => {
    const change = unknownBefore ?? changes[index];
    if (change === undefined) return [];
    const figure = add("this", subject);
    const previous = add("previous", subject);
    return [
      {
        subject,
        figure,
        previous,
        rate: rateOf(figureOf(figures, figure).value, units),
        previousRate:
          previousUnits === null ? null : rateOf(figureOf(figures, previous).value, previousUnits),
        change,
      },
    ];
  });
  return {
    kind,
    unit,
    rows: covered.sort((left, right) => right.rate.value - left.rate.value),
    missing: subjects.filter(
      (subject) =>
        idsOf("this", subject).length > 0 && cells.every((cell) => cell.subject !== subject),
    ),
  };
}

function rateOf(count: number, units: number): Rate {
  const { low, high } = poissonInterval(count);
  const perMillion = (counted: number) => round4((counted / units) * MILLION);
  return { units, value: perMillion(count), low: perMillion(low), high: perMillion(high) };
}

/** A line's units are spread evenly over its days. @returns null where a day has no line, or nothing was sold */
function unitsIn(lines: readonly ExposureLine[], span: Span): number | null {
  let units = 0;
  for (const day of daysOf(span)) {
    const ofDay = lines.filter(({ from, until }) => from <= day && day < until);
    if (ofDay.length === 0) return null;
    units += ofDay.reduce((sum, line) => sum + line.units / daysOf(line).length, 0);
  }
  return units === 0 ? null : round4(units);
}
