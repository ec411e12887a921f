import { findTaxonomy } from "../../models/load-classifier.ts";
import { calibrationTold } from "../../pipeline/calibration.ts";
import { PIPELINE_EPOCH } from "../../pipeline/epoch.ts";
import { clearHeapSooner } from "../../pipeline/heap-growth.ts";
import type { Home } from "../../pipeline/home.ts";
import { readExposure } from "../../pipeline/intake/read-exposure.ts";
import { linkMaster } from "../../pipeline/master/link-master.ts";
import { nameExposure } from "../../pipeline/master/name-exposure.ts";
import { jstInstant, type ReportPeriod } from "../../pipeline/period.ts";
import type { Connection } from "../../pipeline/warehouse/query.ts";
import { buildDaily } from "../daily/build.ts";
import { dailyEffects } from "../daily/daily-effects.ts";
import { figureOf } from "../figure.ts";
import { lineOf, lineOfProduct } from "../line/line-cut.ts";
import { lineEffects } from "../line/line-effects.ts";
import { buildMonthly } from "../monthly/build.ts";
import { warehouseEffects } from "../read-warehouse.ts";
import type { ReportEffects } from "../report-effects.ts";
import { buildTheme } from "../theme/build-theme.ts";
import { readThemeFile } from "../theme/theme-file.ts";
import { buildWeekly } from "../weekly/build.ts";
import type { Calibration } from "./report-head.ts";
import { reportedAwarenessIds, type UnfrozenReport } from "./reported-awareness.ts";
import type { SharedHistory } from "./shared-history.ts";
import { type FrozenReport, type Value, withText } from "./write-report.ts";

/** How a report of many differs from one alone: in what it is spared to ask, not in what it says. */
export type AmongMany = {
  /** Those before it, once they are built. */
  readonly unfrozen: () => Promise<readonly UnfrozenReport[]>;
  readonly history: SharedHistory;
  /** Until then DuckDB answers the one before it: two at once would wait for JavaScript at the same time, too. */
  readonly mayAsk: Promise<unknown>;
  /** Says so of this one; its words are asked for last. */
  readonly answered: () => void;
};

/** Asks for all that a report says, on one state of the warehouse. */
export async function buildReport(
  home: Home,
  period: ReportPeriod,
  made: {
    readonly asOf: string;
    readonly revision: number;
    /** Revisions of it that can be read, oldest first. */
    readonly earlier: readonly FrozenReport[];
    readonly amongMany: AmongMany | undefined;
  },
): Promise<Value> {
  const { earlier, amongMany } = made;
  const { config, warehouse } = home;
  const [main] = config.taxonomies;
  const taxonomy = findTaxonomy(main ?? "");
  const { master } = await linkMaster(home);
  const common = {
    revision: made.revision,
    taxonomy: taxonomy.name,
    taxonomyVersion: taxonomy.version,
    epoch: PIPELINE_EPOCH,
    ...calibrationOf(config),
    asOf: made.asOf,
    title: config.title,
    expectedSources: config.expectedSources,
  };
  const themeSource = config.theme === undefined ? undefined : readThemeFile(config.theme);
  if (period.job === "daily") {
    const counted = earlier.map(({ figures }) => figureOf(figures, "all").value);
    const input = {
      ...{ ...common, period, countedBefore: counted.at(-1) ?? null },
      ...(counted.length > 1 && { countedOlder: counted.slice(0, -1) }),
    };
    const report = await warehouse.snapshot((connection) =>
      buildDaily(dailyEffects(connection), input),
    );
    // A page of a minute has no room for a company's own sections.
    const theme = themeSource && { theme: { ...themeSource.theme, sections: [] } };
    return withText({ ...report, ...theme });
  }
  const line = lineOf(config.lines, period.line);
  const input = {
    ...common,
    period,
    earlier: earlier.filter((each) => each.job !== "daily"),
    annotations: config.annotations.filter(
      ({ product }) =>
        line === undefined ||
        product === null ||
        lineOfProduct(config.lines, product) === line.name,
    ),
    ...(config.exposure !== undefined && {
      exposure: nameExposure(
        await readExposure(config.exposure.file, config.exposure.unit),
        master,
      ),
    }),
    streamsUnread: !(await areStreamsRead(home, period)),
  };
  return await warehouse.snapshot(async (connection) => {
    const ofLine =
      line === undefined
        ? undefined
        : await lineEffects(connection, config.lines, { line, period });
    const effects = await amongManyEffects(
      connection,
      ofLine?.effects ?? warehouseEffects(connection),
      { line, ...amongMany },
    );
    await amongMany?.mayAsk;
    const cut = line && ofLine && { line: { ...line, nameless: ofLine.nameless } };
    const report =
      period.job === "weekly"
        ? await buildWeekly(effects, { ...input, ...(ofLine && { arrived: ofLine.arrived }) })
        : await buildMonthly(effects, input);
    const theme =
      themeSource &&
      (await buildTheme(connection, themeSource, { period, taxonomy: taxonomy.name }));
    return withText({ ...report, ...cut, ...(theme && { theme }) });
  });
}

function calibrationOf(config: Home["config"]): { readonly calibration?: Calibration } {
  const heads = Object.entries(calibrationTold(config));
  if (heads.length === 0) return {};
  const calibration = heads.map(([head, { offset, judged, on }]) => ({ head, offset, judged, on }));
  return { calibration };
}

/**
 * Voices of a period. Of more, a report throws away hundreds of megabytes: they are cleared up sooner, until all are
 * made, and the next is asked for once this one is built.
 */
export const MOST_BESIDE = 30_000;

export async function amongManyEffects(
  connection: Connection,
  effects: ReportEffects,
  { line, unfrozen, history, answered }: Partial<AmongMany> & { readonly line: unknown },
): Promise<ReportEffects> {
  // What a line's voices said is not what all did.
  const own = {
    ...effects,
    ...(line === undefined && (await history?.through(connection, effects))),
  };
  let voices = 0;
  return {
    ...own,
    readMeasures: async (...asked) => {
      const answer = await own.readMeasures(...asked);
      voices = Math.max(0, ...answer.rows.map((row) => row.voice_count));
      if (voices > MOST_BESIDE) clearHeapSooner();
      return answer;
    },
    readWords: (...asked) => {
      if (voices <= MOST_BESIDE) answered?.();
      return own.readWords(...asked);
    },
    ...(unfrozen !== undefined && {
      readReportedAwarenessIds: async (job, period) =>
        await reportedAwarenessIds(connection, { job, period }, await unfrozen()),
    }),
  };
}

/** How long after a period's end its streams must be read: the clocks of those who write them differ. */
const GRACE_MS = 15 * 60_000;

/** The embedded streams are read by this process, before anything else. */
async function areStreamsRead({ kafka, clock }: Home, period: ReportPeriod): Promise<boolean> {
  if (kafka === undefined) return true;
  const instant = new Date(jstInstant(period.until, 0).getTime() + GRACE_MS);
  return instant <= clock() && (await kafka.hasReadPast(instant));
}
