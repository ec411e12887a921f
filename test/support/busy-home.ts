import { act } from "../../pipeline/act.ts";
import { addAwareness } from "../../pipeline/cli/awareness.ts";
import { awarenessFollowCommand } from "../../pipeline/cli/awareness-follow.ts";
import { loadConfig } from "../../pipeline/config.ts";
import { type Home, openHome } from "../../pipeline/home.ts";
import { keysFromText } from "../../pipeline/keys.ts";
import { addDays, isReportPeriod, monthOf, weekOf } from "../../pipeline/period.ts";
import { silentReporter } from "../../pipeline/reporter.ts";
import { reportJobs } from "../../pipeline/schedule/jobs.ts";
import { reconcile } from "../../pipeline/schedule/reconcile.ts";
import { ledgerEffects } from "../../pipeline/schedule/warehouse-ledger.ts";
import type { DeadLetter } from "../../pipeline/schema/dead-letter.ts";
import type {
  EnrichedRecord,
  EnrichedVoice,
  TopicTag,
} from "../../pipeline/schema/enriched-record.ts";
import type { DeadLetterDiscarded } from "../../pipeline/schema/record-actions.ts";
import type { DeliveriesAsked, DeliveryTried } from "../../pipeline/schema/report-actions.ts";
import type { SegmentTagged, TagJudged } from "../../pipeline/schema/tag-actions.ts";
import { makeReport } from "../../reports/frozen/make-report.ts";
import { enrichedVoice, recordsOf, revisionOf, uuidOf } from "./enriched-voice.ts";
import { TEST_KEY } from "./run-kizuki.ts";

/** Monday morning after the last voice. */
export const BUSY_NOW = new Date("2025-08-04T00:30:00Z");

/** At that moment. */
export function openTourismHome(folder: string): Promise<Home> {
  const config = {
    ...loadConfig({ home: folder, file: undefined, workingFolder: folder }),
    taxonomies: ["tourism"],
  };
  return openHome(config, keysFromText(TEST_KEY), () => BUSY_NOW);
}

/** The timetable's tick; makes the reports that are due. @returns names of the periods */
export async function tick(home: Home): Promise<string[]> {
  const made: string[] = [];
  const effects = ledgerEffects(home, async (period) => {
    if (!isReportPeriod(period)) return;
    const { wasFrozen } = await makeReport(home, period, { again: false, askedBy: "timetable" });
    if (!wasFrozen) made.push(period.name);
  });
  const timetable = reportJobs({ weeklyHour: 8, monthlyHour: 9 });
  for (const { error } of await reconcile(timetable, BUSY_NOW, effects)) {
    if (error !== undefined) throw error;
  }
  return made;
}

/** Five weeks of voices, and everything that people, the timetable and the pipeline may do to them. */
export async function makeBusyHome(folder: string, voices = 60): Promise<void> {
  const home = await openTourismHome(folder);
  const first = Array.from({ length: voices }, (_, index) => voiceOf(index));
  await send(home, recordsOf("file:one", first));
  const comment = { voice: "v1", author: "林", reason: "読んで", at: BUSY_NOW };
  const { awarenessId: awareness } = await addAwareness(home, comment);
  const decided = { awareness, author: "林", step: "decision", text: "看板を立てる" } as const;
  await awarenessFollowCommand.run(home, decided, silentReporter);
  await makeReport(home, weekOf("2025-07-28"), { again: false, askedBy: "person" });
  await sayTags(home, first);
  await refuse(home);
  await correct(home, first);
  await retag(home, first);
  await lookAndForget(home);
  await readMailbox(home);
  await tick(home);
  await makeReport(home, weekOf("2025-07-28"), { again: true, askedBy: "person" });
  await makeReport(home, monthOf("2025-06-30"), { again: false, askedBy: "person" });
  await deliver(home);
  await withdraw(home);
  await home.close();
}

/**
 * People say something of, and judge, voices that get a higher epoch, a second revision in the batch of the first, other tags and
 * vectors later, and of one that is forgotten.
 */
async function sayTags(home: Home, voices: readonly EnrichedVoice[]): Promise<void> {
  const said = (nth: number, step: SegmentTagged["step"] = "fix"): SegmentTagged[] =>
    voices.slice(nth, nth + 1).map(({ voiceId, revision, text }) => ({
      ...{ type: "segment-tagged", actionId: uuidOf(`${step} ${nth}`), at: BUSY_NOW.toISOString() },
      ...{ voiceId, revision, start: 0, end: [...text].length, step, author: "森" },
      ...{
        textHash: revisionOf(text),
        wordsHash: revisionOf(text.replaceAll(/【[^】]*】/g, "【】")),
      },
      ...(step !== "undo" && { sentiment: "neutral", kind: "request" }),
      topics: step === "undo" ? [] : [{ taxonomy: "tourism", topics: ["accessibility", "toilet"] }],
    }));
  await act(home, ...[0, 1, 2, 3, 5].flatMap((nth) => said(nth)), ...said(3, "undo"));
  const judged = (nth: number, isRight: boolean): TagJudged[] =>
    voices.slice(nth, nth + 1).map(({ voiceId, revision, text }) => ({
      ...{ type: "tag-judged", actionId: uuidOf(`judged ${nth} ${isRight}`) },
      ...{ at: BUSY_NOW.toISOString(), voiceId, revision, start: 0, end: [...text].length },
      ...{ head: "kind", label: "complaint", isRight, confidence: 0.7, author: "森" },
      headVersion: "0123456789abcdef",
    }));
  await act(home, ...[1, 4, 5].flatMap((nth) => judged(nth, true)), ...judged(4, false));
}

async function withdraw(home: Home): Promise<void> {
  const at = BUSY_NOW.toISOString();
  const comment = { voice: "v9", author: "林", reason: "別の声でした", at: BUSY_NOW };
  const { awarenessId, voiceId } = await addAwareness(home, comment);
  await act(home, {
    ...{ type: "awareness-withdrawn", actionId: uuidOf("withdrawn"), at, awarenessId, voiceId },
    ...{ author: "林", reason: "声を取り違えた" },
  });
}

/** One recipient got the report, one could not be reached and was asked for again. */
async function deliver(home: Home): Promise<void> {
  const report = { job: "weekly", period: "2025-W31", revision: 1 } as const;
  const at = BUSY_NOW.toISOString();
  const asked = (id: string, recipients: string[], again: boolean): DeliveriesAsked => ({
    type: "deliveries-asked",
    ...{ actionId: uuidOf(id), at, ...report, recipients, again },
  });
  const tried = (recipient: string, state: DeliveryTried["state"]): DeliveryTried => ({
    type: "delivery-tried",
    ...{ actionId: uuidOf(recipient), at, ...report, recipient, round: 1, tries: 1 },
    ...{ answersLost: 0, state, notBefore: at, reason: state === "sent" ? null : "smtp-550" },
  });
  await act(home, asked("asked", ["企画", "品質"], false));
  await act(home, tried("企画", "sent"), tried("品質", "dead"), asked("again", ["品質"], true));
}

function voiceOf(index: number, changes: Partial<EnrichedVoice> = {}): EnrichedVoice {
  const day = addDays("2025-06-30", index % 35);
  return enrichedVoice(`v${index}`, `${index}番の声で、駐車場が遠いです`, {
    receivedAt: `${day}T10:00:00+09:00`,
    epoch: 2,
    encoder: "a".repeat(64),
    ...changes,
  });
}

async function send({ streams, loader }: Home, records: readonly EnrichedRecord[]): Promise<void> {
  await streams.enriched.append(records, {});
  await loader.loadEnriched(streams.enriched);
}

/** Three records that cannot be read: one stays, one is discarded, one is read by its second retry. */
async function refuse(home: Home): Promise<void> {
  const { streams, loader } = home;
  const originOf = (offset: number) => ({
    stream: "file:two",
    source: "test",
    file: "two.csv",
    offset,
    row: offset + 2,
  });
  const letter = (offset: number, retry?: number): DeadLetter => ({
    origin: originOf(offset),
    step: "intake",
    reason: "unreadable date",
    column: "日付",
    epoch: 2,
    at: `2025-08-0${1 + (retry ?? 0)}T00:00:00.000Z`,
    ...(retry !== undefined && { retry }),
  });
  const dead = (offset: number, retry?: number): EnrichedRecord => ({
    status: "dead",
    origin: originOf(offset),
    reason: "unreadable date",
    ...(retry !== undefined && { retry }),
  });
  await streams.dead.append([letter(0), letter(1), letter(2)], {});
  await loader.loadDeadLetters(streams.dead);
  await send(home, [dead(0), dead(1), dead(2)]);
  const discarded: DeadLetterDiscarded = {
    type: "dead-letter-discarded",
    actionId: uuidOf("discard"),
    at: "2025-08-02T00:00:00.000Z",
    stream: "file:two",
    offset: 1,
    author: "林",
    reason: "合計の行",
  };
  await streams.actions.append([discarded], {});
  await loader.loadActions(streams.actions);
  await streams.dead.append([letter(0, 1), letter(2, 1)], {});
  await loader.loadDeadLetters(streams.dead);
  const read = { status: "ok", origin: originOf(2), voice: voiceOf(900), retry: 2 } as const;
  await send(home, [dead(0, 1), dead(2, 1), read, read]);
}

async function readMailbox(home: Home): Promise<void> {
  const at = "2025-08-03T00:00:00.000Z";
  const pulled = { type: "source-pulled", name: "desk", watermark: '{"uid":12}' } as const;
  await act(home, { ...pulled, actionId: uuidOf("pulled"), at });
}

/** Somebody reads a voice as it came, and has two forgotten. */
async function lookAndForget(home: Home): Promise<void> {
  const by = { at: "2025-08-03T00:00:00.000Z", author: "林", reason: "本人の求め" };
  const read = { type: "vault-read", actionId: uuidOf("read"), record: uuidOf("v5") } as const;
  const [five, seven] = [uuidOf("v5"), uuidOf("v7")];
  const forget = { type: "voices-forgotten", actionId: uuidOf("forget") } as const;
  const delete7 = { ...forget, actionId: uuidOf("delete"), mode: "delete" } as const;
  await act(home, { ...by, ...read });
  await act(home, { ...by, ...forget, mode: "pseudonymise", voiceIds: [five] });
  await act(home, { ...by, ...delete7, voiceIds: [seven], marks: ["0123456789abcdef".repeat(2)] });
}

/** A second revision in the batch of the first, a higher epoch, an overlapping export. */
async function correct(home: Home, [one, two, three]: readonly EnrichedVoice[]): Promise<void> {
  if (one === undefined || two === undefined || three === undefined) throw new Error("no voices");
  const reworded = enrichedVoice("v800", "消える言葉");
  const again = enrichedVoice("v800", "残る言葉");
  await send(home, recordsOf("file:three", [two, reworded, again]));
  await send(home, recordsOf("file:four", [{ ...three, epoch: 3, polarity: -0.25 }, one]));
}

/** `reclassify`, then `reencode`, of the same voice; and new tags for a revision that is no more. */
async function retag(home: Home, [one, two]: readonly EnrichedVoice[]): Promise<void> {
  if (one === undefined || two === undefined) throw new Error("no voices");
  const origin = { stream: "file:one", source: "test", file: "one.csv", offset: 0, row: 2 };
  const tag: TopicTag = {
    taxonomy: "tourism",
    topic: "toilet",
    confidence: 0.6,
    by: "head",
    why: [],
  };
  const tied = (voice: EnrichedVoice) => ({
    origin,
    voiceId: voice.voiceId,
    revision: voice.revision,
    epoch: 2,
    taxonomies: ["tourism"],
  });
  const [segment] = one.segments;
  if (segment === undefined) throw new Error("no segment");
  const { start: _start, end: _end, terms: _terms, ...encoded } = segment;
  await send(home, [
    { status: "retagged", ...tied(one), encoder: "a".repeat(64), segments: [[tag]] },
    { status: "retagged", ...tied(two), encoder: "a".repeat(64), segments: [[tag]] },
    { status: "retagged", ...tied(two), encoder: "b".repeat(64), segments: [[]] },
  ]);
  await send(home, [
    {
      status: "reencoded",
      ...tied(one),
      encoder: "b".repeat(64),
      derived: {
        sentiment: "positive",
        polarity: 0.5,
        kind: "praise",
        emotions: [],
        intensity: null,
        harm: null,
      },
      segments: [{ ...encoded, sentiment: "positive", polarity: 0.5, kind: "praise" }],
    },
    {
      status: "retagged",
      ...tied(one),
      revision: "0".repeat(16),
      encoder: "b".repeat(64),
      segments: [[]],
    },
  ]);
}
