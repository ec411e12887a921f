import { z } from "zod";
import { fetchPage, PageUrl, sameHost } from "../pull/fetch-page.ts";
import { shortHash } from "../pull/short-hash.ts";
import { PullError } from "../pull-error.ts";
import { parseReceivedAt } from "../record/parse-received-at.ts";
import type { SourcePlugin, UnnumberedRecord } from "../source-plugin.ts";
import { scanJsonRecord } from "../table/scan-json-record.ts";

const Path = z.string().max(200);

const Settings = z.strictObject({
  /** `{since}` in it becomes the time of the newest entry that is kept; 1970 at first. */
  url: z.string().refine((url) => PageUrl.safeParse(url.replace("{since}", "x")).success, {
    error: "https:// で始まるアドレス（http:// はこの機械の中だけ）",
  }),
  /** Where the list stands, such as data.items; "" where the answer is the list. */
  items: Path.default(""),
  /** Columns of an entry: its id, and when it was written. Values within values have a dot: author.id. */
  id: z.string().min(1),
  time: z.string().min(1),
  /** Where the address of the next page stands, or the value of a parameter that asks for it. */
  next: z.strictObject({ path: Path.min(1), parameter: z.string().min(1).optional() }).optional(),
  /** Entries come from new to old, so that a page without a new one is the last to be read. */
  newestFirst: z.boolean().default(false),
});

const Newest = z.strictObject({
  /** Its hash: an address may hold a key. */
  url: z.string(),
  /** Of the newest entry that is kept, in Asia/Tokyo. */
  time: z.string(),
  /** Hashes of the ids of that very time: another may follow in the same second. */
  ids: z.array(z.string()),
  /** The same of kept entries whose time says nothing; of the whole entry where it has no id. */
  unplaced: z.array(z.string()),
});
type Newest = z.infer<typeof Newest>;

/** An interface that leads round and round would never end. */
const MOST_PAGES = 10_000;
const MOST_UNPLACED = 1000;
const AHEAD_MS = 24 * 60 * 60 * 1000;
const BEGINNING = "1970-01-01T00:00:00+09:00";

/** Reads a list of entries from an interface that answers with JSON, page by page. */
export const plugin: SourcePlugin<typeof Settings> = {
  manifest: {
    name: "json",
    reads: {
      ja: "JSON で答えるインターフェース（API）の一覧",
      en: "a list that an API answers with, as JSON",
    },
    Settings,
    secrets: { authorization: "optional" },
  },
  async *read(watermark, { settings, secrets, signal, clock }) {
    const kept = newestKept(watermark, settings.url);
    let newest: Newest = kept;
    let url: string | undefined = settings.url.replace("{since}", encodeURIComponent(kept.time));
    const visited = new Set<string>();
    while (url !== undefined) {
      refuseCircle(visited, url);
      const page = await fetchPage(url, {
        accept: "application/json",
        signal,
        authorization: secrets.authorization,
      });
      if (page === undefined) return;
      const answer = readJson(page.text);
      const entries = listAt(answer, settings.items).map((entry) =>
        entryOf(entry, settings, clock()),
      );
      const fresh = entries.filter((entry) => isNew(entry, kept));
      newest = fresh.reduce(newer, newest);
      const isLast = settings.newestFirst && entries.length > 0 && fresh.length === 0;
      url = isLast ? undefined : nextUrl(answer, settings, url);
      // Pages may run from new to old: until the last of them is kept, what is older than the newest may be missing.
      const mark = url === undefined ? newest : kept;
      if (fresh.length > 0 || mark !== kept) {
        yield { records: fresh.map(({ record }) => record), watermark: mark };
      }
    }
  },
};

function newestKept(watermark: unknown, url: string): Newest {
  const parsed = Newest.safeParse(watermark);
  if (parsed.success && parsed.data.url === shortHash(url)) return parsed.data;
  return { url: shortHash(url), time: BEGINNING, ids: [], unplaced: [] };
}

function refuseCircle(visited: Set<string>, url: string): void {
  if (visited.has(url) || visited.size >= MOST_PAGES) {
    throw new PullError(
      `${visited.size} ページ読んでも終わりません。次のページの指定（next）を確かめてください。`,
    );
  }
  visited.add(url);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PullError(
      "答えが JSON として読めません。url が API のアドレスか、ログインの画面を返していないかを確かめてください。",
      { cause },
    );
  }
}

/** @returns undefined where nothing stands there */
function at(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
          ? Reflect.get(inner, key)
          : undefined,
      value,
    );
}

function listAt(answer: unknown, path: string): readonly unknown[] {
  const list = path === "" ? answer : at(answer, path);
  if (Array.isArray(list)) return list;
  throw new PullError(
    `答えの「${path === "" ? "全体" : path}」が一覧ではありません。items の指定を確かめてください。`,
  );
}

type Entry = {
  /** A hash. */
  readonly id: string;
  /** In Asia/Tokyo; undefined where it cannot be read, or has not come yet: one wrong year would hide all that follow. */
  readonly time: string | undefined;
  readonly record: UnnumberedRecord;
};

function entryOf(entry: unknown, settings: z.infer<typeof Settings>, now: Date): Entry {
  const text = JSON.stringify(flatten(entry));
  const scanned = scanJsonRecord({ text, start: 0, isLast: true });
  const refused = (problem: string): Entry => ({
    id: shortHash(text),
    time: undefined,
    record: { problem, bytes: text },
  });
  if (scanned.found === "fault") return refused(scanned.reason);
  if (scanned.found !== "record") return refused("not a JSON object");
  const id = scanned.cells.get(settings.id) ?? "";
  if (id === "") return refused("no id");
  const received = parseReceivedAt(scanned.cells.get(settings.time) ?? "");
  const time = typeof received === "string" ? undefined : received.receivedAt;
  const isPlaced = time !== undefined && Date.parse(time) < now.getTime() + AHEAD_MS;
  return {
    id: shortHash(id),
    time: isPlaced ? time : undefined,
    record: { cells: Object.fromEntries(scanned.cells) },
  };
}

/** { author: { id: 1 } } becomes { "author.id": 1 }; lists stay as they are. */
function flatten(entry: unknown, prefix = ""): unknown {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
  const flat: [string, unknown][] = [];
  for (const [key, value] of Object.entries(entry)) {
    const inner = flatten(value, `${prefix}${key}.`);
    const isNested = typeof value === "object" && value !== null && !Array.isArray(value);
    if (isNested && typeof inner === "object" && inner !== null)
      flat.push(...Object.entries(inner));
    else flat.push([`${prefix}${key}`, value]);
  }
  return Object.fromEntries(flat);
}

function isNew({ id, time }: Entry, { time: newest, ids, unplaced }: Newest): boolean {
  if (time === undefined) return !unplaced.includes(id);
  const ms = Date.parse(time) - Date.parse(newest);
  return ms > 0 || (ms === 0 && !ids.includes(id));
}

function newer(newest: Newest, { id, time }: Entry): Newest {
  if (time === undefined) {
    return { ...newest, unplaced: [...newest.unplaced, id].slice(-MOST_UNPLACED) };
  }
  const ms = Date.parse(time) - Date.parse(newest.time);
  if (ms < 0) return newest;
  return ms === 0 ? { ...newest, ids: [...newest.ids, id] } : { ...newest, time, ids: [id] };
}

function nextUrl(
  answer: unknown,
  { next }: z.infer<typeof Settings>,
  url: string,
): string | undefined {
  const found = next && at(answer, next.path);
  if (next === undefined || found === undefined || found === null || found === "") return undefined;
  if (next.parameter === undefined) return sameHost(new URL(String(found), url), url);
  const following = new URL(url);
  following.searchParams.set(next.parameter, String(found));
  return following.href;
}
