import type { Detection } from "./detection.ts";

/**
 * URLs that name a person or open a person's page: a profile, an order, a link with a mail address or a token. A page
 * of a product or a shop stays.
 */
export function detectUrls(text: string): Detection[] {
  if (!HINT.test(text)) return [];
  return Array.from(text.matchAll(URL_LIKE)).flatMap(({ 0: url, index }) =>
    PERSONAL.some((pattern) => pattern.test(url))
      ? [{ kind: "URL" as const, key: url.toLowerCase(), start: index, end: index + url.length }]
      : [],
  );
}

const HINT = /[A-Za-z0-9]\.[A-Za-z]{2}|:\/\//;

/** Kanji and katakana only where a part of the path or a value begins: 「…/会員/水谷文子です」 ends before です. */
const URL_LIKE =
  /(?:h?t{1,2}ps?:\/\/|www\.|(?<![A-Za-z0-9.@_%+-])(?:[a-z0-9-]{1,40}\.){1,4}[a-z]{2,10}\/)(?:[A-Za-z0-9\-._~〜:/?#[\]@!$&*+;=%]|(?<=[/=+])[\p{Script=Han}\p{Script=Katakana}々ー]{1,12})+/giu;

const PERSONAL: readonly RegExp[] = [
  /\/\/[^/@]+@/,
  /[/](?:users?|u|profiles?|members?|mypage|my|account|customers?|orders?|reservations?|people|author|friends?|invite|会員|利用者|お客様)(?:[/#?]|$)[^?]|[/](?:mypage|profile)[?#]/i,
  /\/[@~〜][\w.-]/,
  /[?&#](?:name|user(?:_?(?:name|id))?|mail|e?mail|tel|phone|customer(?:_?id)?|member(?:_?id)?|uid|order(?:_?(?:id|no))?|token|account|address|birthday)=/i,
  /\/\/(?:www\.|m\.)?(?:x|twitter|instagram|facebook|threads|tiktok|note|ameblo|linkedin|pinterest)\.(?:com|net|jp)\/(?!p\/|explore|hashtag|search|share|intent)[\w.%@-]{2,}/i,
  /%40/,
  /^(?:h?t{1,2}ps?:\/\/)?(?!(?:www|shop|store|my|sns|api|mail|blog|news|help|support|online|app)\.)(?:[a-z]{2,12}[-_.][a-z]{2,14}|[a-z]{4,14}[0-9]{2,4})\.[a-z0-9-]+\.[a-z.]+/i,
];
