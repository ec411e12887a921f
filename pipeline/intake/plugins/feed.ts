import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { ATTRIBUTE_LIMIT, ID_LIMIT } from "../../schema/raw-voice.ts";
import { type FeedItem, feedItems } from "../pull/feed-items.ts";
import { fetchPage, PageUrl } from "../pull/fetch-page.ts";
import { shortHash } from "../pull/short-hash.ts";
import type { SourcePlugin } from "../source-plugin.ts";

const Settings = z.strictObject({ url: PageUrl });

const Seen = z.strictObject({
  /** Its hash: an address may hold a key. */
  url: z.string(),
  etag: z.string().optional(),
  modified: z.string().optional(),
  /** Of each entry of the newest page, so that one that was changed, or dated back, is new. */
  entries: z.array(z.string()),
});

const ACCEPT =
  "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5";
/** A longer feed is read as far as its newest entries; they stand first. */
const MOST_ENTRIES = 1000;

/** Reads the entries of a feed that were not in it the last time. */
export const plugin: SourcePlugin<typeof Settings> = {
  manifest: {
    name: "feed",
    reads: {
      ja: "RSS・Atom・JSON Feed に載る投稿や口コミ",
      en: "posts and reviews in an RSS, Atom or JSON feed",
    },
    Settings,
    secrets: { authorization: "optional" },
    source: {
      channel: "social",
      columns: { id: "id", receivedAt: "日時", verbatim: "本文" },
      attributes: ["題名", "リンク"],
    },
  },
  async *read(watermark, { settings: { url }, secrets, signal, clock }) {
    const parsed = Seen.safeParse(watermark);
    const known = parsed.success && parsed.data.url === shortHash(url) ? parsed.data : undefined;
    const page = await fetchPage(url, {
      accept: ACCEPT,
      signal,
      authorization: secrets.authorization,
      known,
    });
    if (page === undefined) return;
    const seen = new Set(known?.entries);
    const items = feedItems(page.text).slice(0, MOST_ENTRIES);
    const fresh = items.filter((item) => !seen.has(shortHash(item)));
    const { etag, modified } = page;
    const mark = {
      url: shortHash(url),
      ...(etag !== undefined && { etag }),
      ...(modified !== undefined && { modified }),
      entries: items.map(shortHash),
    };
    // Only a new tag, or fewer entries: kept too, or the whole page would come each time.
    if (fresh.length === 0 && isDeepStrictEqual(mark, known)) return;
    yield { records: fresh.map((item) => ({ cells: cellsOf(item, clock()) })), watermark: mark };
  },
};

/** An entry without an id or a date has them from what it says, and from when it was first seen. */
function cellsOf(item: FeedItem, now: Date): Record<string, string> {
  const id = item.id === "" || item.id.length > ID_LIMIT ? shortHash(item) : item.id;
  const 日時 = item.日時 === "" ? now.toISOString() : item.日時;
  return { ...item, id, 日時, 題名: clip(item.題名), リンク: clip(item.リンク) };
}

function clip(text: string): string {
  return text.slice(0, ATTRIBUTE_LIMIT);
}
