import type { Detection } from "./detection.ts";

/** Mail addresses of a normalised text. Carriers' addresses may have dots in odd places, so the local part is lax. */
export function detectMails(text: string): Detection[] {
  if (!AT.test(text)) return [];
  return Array.from(text.matchAll(MAIL), (match) => ({
    kind: "メール",
    key: match[0].replace(/\s/g, "").replace(AT, "@").toLowerCase(),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const AT = /@|[([](?:at|アット)[)\]]|アットマーク/i;

/** Domains that people shorten in speech and in haste: 「taro@docomo」. */
const SHORTENED = "docomo|ezweb|au|softbank|gmail|yahoo|icloud|hotmail|outlook|nifty|me";

/** Lengths are bounded (RFC 5321: 64 and 63), so that a long word without an at sign costs nothing. */
const MAIL = new RegExp(
  String.raw`(?<![A-Za-z0-9._%+'-])[A-Za-z0-9._%+'/?-]{1,64}[ \n]?(?:${AT.source})[ \n]?(?:[A-Za-z0-9-]{1,63}(?:[ \n]?[.][ \n]?[A-Za-z0-9-]{1,63}(?![A-Za-z0-9]))+|(?:${SHORTENED})(?![A-Za-z0-9]))`,
  "gi",
);
