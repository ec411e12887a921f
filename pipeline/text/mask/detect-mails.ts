import type { Detection } from "./detection.ts";

/** Mail addresses of a normalised text. Carriers' addresses may have dots in odd places, so the local part is lax. */
export function detectMails(text: string): Detection[] {
  if (!AT.test(text)) return [];
  return [MAIL, SPELLED].flatMap((pattern) =>
    Array.from(text.matchAll(pattern), (match) => ({
      kind: "メール" as const,
      key: match[0].replace(/\s/g, "").replace(AT, "@").replace(/[,、]/g, ".").toLowerCase(),
      start: match.index,
      end: match.index + match[0].length,
    })),
  );
}

/** Against robots, or by a slip: (at), 【アット】, @@, a star; and as it is said. */
const AT =
  /@{1,3}|[([【〔「<{][ ]?(?:at|アット(?:マーク)?|@)[ ]?[)\]】〕」>}]|(?:アット|あっと)(?:マーク|まーく)?|(?<=[A-Za-z0-9])[☆★◎●](?=[A-Za-z0-9])| at (?=[A-Za-z0-9-]{1,30}(?: dot |\.))/i;

/** Domains that people shorten in speech and in haste: 「taro@docomo」. */
const SHORTENED = "docomo|ezweb|au|softbank|gmail|yahoo|icloud|hotmail|outlook|nifty|me";

/** What may follow a comma typed for a dot, and a name in Japanese. */
const TOP_LEVEL = "com|net|org|info|biz|jp|co|ne|or|ac|ad|go|gr|ed|lg";

const LABEL = "[A-Za-z0-9-]{1,63}";
/** `[dot]` and ` dot ` too. */
const DOT = String.raw`(?:[ \n]?[.][ \n]?|[ ]?[([]dot[)\]][ ]?| dot |[ ]?(?:ドット|どっと)[ ]?)`;
const DOTTED = `${DOT}${LABEL}(?![A-Za-z0-9])`;
/** Not the next address of a list: 「taro@example.com,info@example.com」. */
const SLIPPED = `[,、](?:${TOP_LEVEL})(?![A-Za-z0-9]|[A-Za-z0-9._%+-]{0,64}@)`;
const JAPANESE = String.raw`(?=[A-Za-z0-9-]{0,62}[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}々ーA-Za-z0-9-]{1,63}\.(?:(?:${TOP_LEVEL})(?![A-Za-z0-9])|みんな|コム)`;

/** Lengths are bounded (RFC 5321: 64 and 63), so that a long word without an at sign costs nothing. */
const MAIL = new RegExp(
  String.raw`(?<![A-Za-z0-9._%+'-])[A-Za-z0-9._%+'/?-]{1,64}[ \n]?(?:${AT.source})[ \n]?(?:${LABEL}(?:${DOTTED}|${SLIPPED})+|${JAPANESE}|(?:${SHORTENED})(?![A-Za-z0-9]))`,
  "giu",
);

/** Letter by letter: 「エムユーアイあっとまーくエグザンプルドットコム」. */
const SPELLED =
  /(?:[\p{Script=Katakana}ーA-Za-z0-9]{2,60}|(?:[ぁ-ん]{1,4}[ー、]){2,30}[ぁ-ん]{0,4})[ 、]?(?:アット|あっと)(?:マーク|まーく)?[ 、]?[\p{Script=Katakana}ーA-Za-z0-9]{1,30}(?:[ 、]?(?:ドット|どっと)[ 、]?[\p{Script=Katakana}ーA-Za-z]{1,20}){1,4}/gu;
