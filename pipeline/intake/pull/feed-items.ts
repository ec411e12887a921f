import { parseFeed } from "feedsmith";
import { textOfHtml } from "../mail/text-of-html.ts";
import { PullError } from "../pull-error.ts";

/** One entry as cells. Names are the columns that a description maps. */
export type FeedItem = {
  readonly id: string;
  readonly 日時: string;
  readonly 題名: string;
  readonly 本文: string;
  readonly 著者: string;
  readonly リンク: string;
};

/** Reads RSS 0.9 to 2.0, RSS 1.0, Atom and JSON Feed. @throws PullError where it is none of them */
export function feedItems(text: string): readonly FeedItem[] {
  // No feed needs them, and a few lines of them grow to gigabytes.
  if (/<!ENTITY/i.test(text)) {
    throw new PullError("フィードに実体の定義（<!ENTITY）があるので、安全のため読みません。");
  }
  try {
    return itemsOf(parseFeed(text));
  } catch (cause) {
    throw new PullError(
      "RSS・Atom・JSON Feed のどれとしても読めません。url がフィードのアドレスか、ブラウザで確かめてください。",
      { cause },
    );
  }
}

function itemsOf(parsed: ReturnType<typeof parseFeed>): readonly FeedItem[] {
  switch (parsed.format) {
    case "rss":
      return (parsed.feed.items ?? []).map((item) =>
        itemOf({
          id: item.guid?.value ?? item.link,
          date: item.pubDate ?? item.dc?.dates?.[0],
          title: item.title,
          html: item.content?.encoded ?? item.description,
          author: item.dc?.creators?.[0],
          link: item.link,
        }),
      );
    case "rdf":
      return (parsed.feed.items ?? []).map((item) =>
        itemOf({
          id: item.rdf?.about ?? item.link,
          date: item.dc?.dates?.[0],
          title: item.title,
          html: item.content?.encoded ?? item.description,
          author: item.dc?.creators?.[0],
          link: item.link,
        }),
      );
    case "atom":
      return (parsed.feed.entries ?? []).map((entry) =>
        itemOf({
          id: entry.id,
          date: entry.published ?? entry.updated,
          title: entry.title?.value,
          html: entry.content?.value ?? entry.summary?.value,
          author: entry.authors?.[0]?.name,
          link: entry.links?.[0]?.href,
        }),
      );
    case "json":
      return (parsed.feed.items ?? []).map((item) =>
        itemOf({
          id: item.id,
          date: item.date_published ?? item.date_modified,
          title: item.title,
          html: item.content_html ?? item.content_text ?? item.summary,
          author: item.authors?.[0]?.name,
          link: item.url,
        }),
      );
  }
}

type Fields = {
  readonly id?: string | undefined;
  readonly date?: unknown;
  readonly title?: string | undefined;
  readonly html?: string | undefined;
  readonly author?: string | undefined;
  readonly link?: string | undefined;
};

function itemOf({ id = "", date, title = "", html = "", author = "", link = "" }: Fields) {
  const words = wordsOf(html);
  const heading = wordsOf(title);
  return {
    id,
    日時: isoDate(date),
    題名: heading,
    本文: words === "" ? heading : words,
    著者: author,
    リンク: link,
  };
}

function wordsOf(html: string): string {
  return /[<&]/.test(html) ? textOfHtml(html) : html.trim();
}

/** Tue, 01 Jul 2025 09:05:00 +0900, as RSS writes it. Other spellings are read as those of files are. */
const MAIL_DATE =
  /^(?:[A-Za-z]{3},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?\s+(\S+)$/;

function isoDate(date: unknown): string {
  const written = typeof date === "string" ? date.trim() : "";
  if (!MAIL_DATE.test(written)) return written;
  const ms = Date.parse(written.replace(/JST$/, "+0900"));
  return Number.isNaN(ms) ? written : new Date(ms).toISOString();
}
