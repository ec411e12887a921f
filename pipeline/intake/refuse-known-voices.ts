import { createHash } from "node:crypto";
import { z } from "zod";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { goOn } from "../stop.ts";
import { ownWords } from "../text/own-words.ts";
import { query } from "../warehouse/query.ts";
import { readSources } from "../warehouse/read-sources.ts";
import type { SourceFile } from "./files/open-source-file.ts";
import { idsAs, wordsHashOf } from "./record/identify-voice.ts";
import { occurrenceCounter } from "./record/map-record.ts";

/** Customers say 特になし on the same day in two surveys: words so short tell nothing. In UTF-16 units. */
const TELLING_UNITS = 10;
/** Of a day and words alone: 「また利用したいと思います。」 is a stock answer. */
const TELLING_UNITS_OF_DAY = 20;
/** Of a file's telling voices; two sources share a few by chance, an export under another name most of them. */
const KNOWN_SHARE = 0.1;
/** One polite answer may be the same by chance. Of a file with fewer voices, all of them. */
const FEWEST_KNOWN = 3;
/** Voices of one look at the warehouse: each reads the ids of all that is there. */
const LOOK_VOICES = 4096;

/** A person may say that they are other voices. */
export class KnownVoicesError extends InputError {
  /** The source that brought them. */
  readonly other: string;

  constructor(message: string, other: string) {
    super(message);
    this.other = other;
  }
}

/**
 * Refuses a file whose voices another source has brought already: saved anew it has other bytes, and under another
 * source each voice would get another id and count twice. Reads the whole file, before anything of it is loaded.
 *
 * @throws KnownVoicesError where a tenth of its voices or more are known, with the ways to go on
 */
export async function refuseKnownVoices(home: Home, file: SourceFile): Promise<void> {
  const source = file.source?.name ?? "";
  const sources = await readSources(home.warehouse.reader);
  const others = sources.filter((other) => other !== source);
  if (others.length === 0) return;
  const known = new Map<string, number>();
  let telling = 0;
  const idsOf = candidatesOf(others, home.identityKey());
  for await (const voices of tellingVoices(home, file)) {
    telling += voices.length;
    const look = { source, candidates: voices.flatMap(idsOf), words: voices.flatMap(wordsOf) };
    for (const row of await knownElsewhere(home, look)) {
      known.set(row.source, row.known + (known.get(row.source) ?? 0));
    }
  }
  const [most] = [...known].sort(([, a], [, b]) => b - a);
  const fewest = Math.max(telling * KNOWN_SHARE, Math.min(FEWEST_KNOWN, telling));
  if (most === undefined || most[1] < fewest) return;
  const [other, count] = most;
  throw new KnownVoicesError(
    `${file.file} の声のうち ${count} 件は、取り込み元「${other}」から取り込み済みの声と、受付日時も、番号または本文も同じです（調べた声は ${telling} 件）。「${source}」として取り込むと、同じ声が二重になります。まだ何も取り込んでいません。同じ声なら、「${other}」を取り込んだときと同じ説明を --source で指定してください（説明なしで取り込んだものなら、--source なしで）。別の声だと確かめたときだけ、--anyway を付けて kizuki import を実行してください。`,
    other,
  );
}

async function* tellingVoices(home: Home, file: SourceFile): AsyncGenerator<RawVoice[]> {
  let voices: RawVoice[] = [];
  for await (const records of file.records(0)) {
    goOn(home.stop);
    const read = records.flatMap((record) => (record.status === "ok" ? [record.voice] : []));
    voices.push(...read.filter(isTelling));
    if (voices.length < LOOK_VOICES) continue;
    yield voices;
    voices = [];
  }
  yield voices;
}

function isTelling({ verbatim, sourceId, receivedPrecision }: RawVoice): boolean {
  const isDayAlone = sourceId === undefined && receivedPrecision === "date";
  return verbatim.length >= (isDayAlone ? TELLING_UNITS_OF_DAY : TELLING_UNITS);
}

type Candidate = {
  readonly voice: number;
  readonly voice_id: string;
  readonly received_at: string;
  /** Null where time and number, or time and words, are enough. */
  readonly revision: string | null;
};

/** 1 to n on the same days: two sources have that by chance. Their words must be the same, too. */
function isRunningNumber({ sourceId, receivedPrecision }: RawVoice): boolean {
  return receivedPrecision === "date" && /^\d{1,6}$/.test(sourceId ?? "");
}

/** @returns the ids that a voice would have under the other sources */
function candidatesOf(others: readonly string[], identityKey: Buffer) {
  const occurrenceOf = occurrenceCounter();
  return (voice: RawVoice, number: number): Candidate[] => {
    const occurrence = occurrenceOf(wordsHashOf(voice, identityKey));
    const keys = { identityKey, countSame: () => occurrence };
    return others.flatMap((source) =>
      idsAs({ ...voice, source }, keys).map((voice_id, index) => ({
        voice: number,
        voice_id,
        received_at: voice.receivedAt,
        revision: index === 0 && isRunningNumber(voice) ? voice.revision : null,
      })),
    );
  };
}

type Words = Pick<Candidate, "voice" | "received_at"> & { readonly text_hash: string };

/** For voices whose source gave them numbers, where those at hand have none. What is masked of them is not known so. */
function wordsOf(raw: RawVoice, voice: number): Words[] {
  const own = ownWords(raw);
  if (own.status !== "ok") return [];
  const text_hash = createHash("md5").update(own.value).digest("hex");
  return [{ voice, received_at: raw.receivedAt, text_hash }];
}

async function knownElsewhere(
  { warehouse }: Home,
  {
    source,
    candidates,
    words,
  }: {
    readonly source: string;
    readonly candidates: readonly Candidate[];
    readonly words: readonly Words[];
  },
) {
  const Row = z.strictObject({ source: z.string(), known: z.number().int() });
  const params = {
    source,
    candidates: JSON.stringify(candidates),
    words: JSON.stringify(words),
  };
  return await query(warehouse.reader, "load/known_elsewhere.sql", params, Row);
}
