import type { Command } from "commander";
import { z } from "zod";
import { formatCount } from "../../reports/format-japanese.ts";
import { calibrationInUse, readCalibration } from "../calibration.ts";
import { countOtherVectors } from "../enrich/reencode-voices.ts";
import { PIPELINE_EPOCH } from "../epoch.ts";
import type { Home } from "../home.ts";
import { readLag } from "../operations/read-readings.ts";
import { query } from "../warehouse/query.ts";
import { readCounts } from "../warehouse/read-counts.ts";
import { countArrivedSince } from "./arrived-since.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { headWord } from "./judged-heads.ts";
import { countOtherCalibrations, otherCalibrationsNote } from "./other-calibrations.ts";
import { otherVectorsNote } from "./reencode.ts";

const Options = z.strictObject({});

const PeriodRow = z.strictObject({
  job: z.string(),
  period: z.string(),
  revision: z.number().int(),
  made_at: z.string(),
});

const Result = z.strictObject({
  voices: z.number().int(),
  segments: z.number().int(),
  deadLetters: z.number().int(),
  awareness: z.number().int(),
  /** Segments of which a person confirmed a tag. */
  confirmed: z.number().int(),
  /** What people said of tags that holds for no segment any more. */
  lostTags: z.number().int(),
  /** Days of the oldest and the newest voice. */
  firstOn: z.string().nullable(),
  lastOn: z.string().nullable(),
  /** Records that were taken in and not enriched yet. */
  pending: z.number().int(),
  /** Records of the other streams that are not in the tables yet. */
  unloaded: z.number().int(),
  /** null without Kafka. Where no broker answers, the two above are without what stands there, and workers unknown. */
  kafka: z
    .strictObject({
      isUp: z.boolean(),
      workers: z.number().int().nullable(),
      /** Of the workers, those that give tags by another calibration than this machine's. */
      otherCalibrations: z.number().int().nullable(),
    })
    .nullable(),
  /** Segments whose vectors are of another encoder than the config's. */
  otherVectors: z.number().int(),
  periods: z.array(
    z.strictObject({
      job: z.string(),
      period: z.string(),
      revision: z.number().int(),
      madeAt: z.string(),
      /** Voices of the period that came after the frozen report; asked of the newest only. */
      arrivedSince: z.number().int(),
    }),
  ),
  /** Heads whose confidence people's judgements moved; of others it is as it ships. */
  calibrated: z.array(
    z.strictObject({ head: z.string(), judged: z.number().int(), on: z.string() }),
  ),
  /** Heads that were judged as well, and are others now. */
  outdated: z.array(z.string()),
  model: z.strictObject({
    name: z.string(),
    sha256: z.string(),
    epoch: z.number().int(),
    taxonomies: z.array(z.string()),
  }),
});
type Status = z.infer<typeof Result>;

/** The newest reports; the others' values need not be read. */
const SHOWN = 8;

export const statusCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "status",
  Options,
  Result,
  run: readStatus,
};

async function readStatus(home: Home): Promise<Status> {
  const { reader } = home.warehouse;
  const counts = await readCounts(reader);
  const periods = await query(reader, "questions/reports_made.sql", {}, PeriodRow);
  const encoder = home.encoder();
  return {
    voices: counts.voices,
    segments: counts.segments,
    deadLetters: counts.dead_letters,
    awareness: counts.awareness,
    ...(await readTagCounts(home)),
    firstOn: counts.first_on,
    lastOn: counts.last_on,
    ...(await readWaiting(home)),
    otherVectors: await countOtherVectors(home),
    periods: await Promise.all(
      periods.map(async ({ made_at, ...row }, index) => ({
        ...row,
        madeAt: made_at,
        arrivedSince: index < periods.length - SHOWN ? 0 : await countArrivedSince(home, row),
      })),
    ),
    ...readCalibrated(home),
    model: {
      name: encoder.name,
      sha256: encoder.id,
      epoch: PIPELINE_EPOCH,
      taxonomies: [...home.config.taxonomies],
    },
  };
}

function readCalibrated({ config }: Home): Pick<Status, "calibrated" | "outdated"> {
  const inUse = calibrationInUse(config);
  return {
    calibrated: Object.entries(inUse).map(([head, { judged, on }]) => ({ head, judged, on })),
    outdated: Object.keys(readCalibration(config).heads).filter((head) => !(head in inUse)),
  };
}

async function readTagCounts({ warehouse }: Home): Promise<Pick<Status, "confirmed" | "lostTags">> {
  const Row = z.strictObject({ confirmed: z.number().int(), lost: z.number().int() });
  const [row] = await query(warehouse.reader, "questions/tag_counts.sql", {}, Row);
  return { confirmed: row?.confirmed ?? 0, lostTags: row?.lost ?? 0 };
}

async function readWaiting(home: Home): Promise<Pick<Status, "pending" | "unloaded" | "kafka">> {
  const lag = await readLag(home, { maxAgeMs: 0 });
  const pending = lag.get("voc.raw") ?? 0;
  const state = await home.kafka?.state();
  return {
    pending,
    unloaded: [...lag.values()].reduce((sum, records) => sum + records, -pending),
    kafka:
      home.kafka === undefined
        ? null
        : {
            isUp: state !== undefined,
            workers: state?.calibrations.length ?? null,
            otherCalibrations: state === undefined ? null : countOtherCalibrations(home, state),
          },
  };
}

export function registerStatus(program: Command, context: CliContext): void {
  program
    .command("status")
    .description("いま何件の声があり、どの期間の報告書ができているかを示します")
    .option("--json", "JSON で出します")
    .action(async (options: { json?: boolean }) => {
      const status = await runHomeCommand(context, statusCommand, {});
      await context.print(options.json ? JSON.stringify(status) : describe(status));
    });
}

function describe(status: Status): string {
  const span = status.firstOn === null ? "" : `（${status.firstOn} 〜 ${status.lastOn}）`;
  const lines = [
    `声        ${formatCount(status.voices)} 件${span}`,
    `文        ${formatCount(status.segments)} 件`,
    `気づき    ${status.awareness} 件`,
    `確認済    ${status.confirmed} 文${status.lostTags > 0 ? `（当てはまる文がなくなった確認 ${status.lostTags} 件: kizuki tag list）` : ""}`,
    `不達      ${status.deadLetters} 件`,
    `処理待ち  ${formatCount(status.pending)} 件${status.pending > 0 ? "（import、serve、Kafka では enrich が続きを処理します）" : ""}`,
    ...(status.unloaded > 0 ? [`読込待ち  ${status.unloaded} 件`] : []),
    ...(status.kafka === null ? [] : describeKafka(status.kafka)),
    `モデル    ${status.model.name}（分類: ${status.model.taxonomies.join("、")}、版 ${status.model.epoch}）`,
    `確信度    ${describeCalibrated(status)}`,
    ...(status.otherVectors > 0 ? [`          ${otherVectorsNote(status.otherVectors)}`] : []),
    `報告書    ${status.periods.length} 件`,
    ...status.periods.slice(-SHOWN).map(describePeriod),
  ];
  return lines.join("\n");
}

function describeCalibrated({ calibrated, outdated }: Status): string {
  const told = calibrated.map(({ head, judged, on }) => `${headWord(head)}（${judged} 件、${on}）`);
  const old =
    outdated.length === 0
      ? ""
      : `。分類器が変わり、判定し直すもの: ${outdated.map(headWord).join("、")}`;
  return `${told.length === 0 ? "未校正（kizuki tag sample）" : `校正済 ${told.join("、")}、ほかは未校正`}${old}`;
}

function describePeriod(row: Status["periods"][number]): string {
  const since =
    row.arrivedSince === 0
      ? ""
      : `  この版のあとに ${row.arrivedSince} 件届いています（作り直すには report に --again）`;
  return `  ${row.period}  第${row.revision}版  ${row.madeAt}${since}`;
}

function describeKafka({
  isUp,
  workers,
  otherCalibrations,
}: NonNullable<Status["kafka"]>): string[] {
  if (!isUp) return ["Kafka     答えません（処理待ちの件数に、Kafka の分は入っていません）"];
  if (workers === 0) {
    return ["Kafka     つながっています。ワーカーがいません（kizuki enrich を始めてください）"];
  }
  return [
    `Kafka     つながっています（ワーカー ${workers}）`,
    ...(otherCalibrations ? [`          ${otherCalibrationsNote(otherCalibrations)}`] : []),
  ];
}
