import { z } from "zod";
import { isLoopback } from "../../is-loopback.ts";
import { PullError } from "../pull-error.ts";

/** An address that what it says cannot be read or changed on the way to. */
export const PageUrl = z
  .url({ protocol: /^https?$/, error: "https:// で始まるアドレス" })
  .refine((url) => URL.canParse(url) && isSafe(new URL(url)), {
    error: "https:// で始まるアドレス（http:// はこの機械の中だけ）",
  });

export type Page = {
  readonly text: string;
  readonly url: string;
  readonly etag: string | undefined;
  readonly modified: string | undefined;
};

/** The whole answer, redirects included. */
const ANSWER_MS = 60_000;
const PAGE_BYTES = 10_000_000;
const MOST_REDIRECTS = 5;

/**
 * Gets one page. Redirects stay on the same host, so that a secret in a header goes nowhere else.
 *
 * @param options.known what the page said of itself the last time
 * @returns undefined where it has not changed since
 * @throws PullError saying what to do
 */
export async function fetchPage(
  url: string,
  options: {
    readonly accept: string;
    readonly signal: AbortSignal;
    readonly authorization?: string | undefined;
    readonly known?: Partial<Pick<Page, "etag" | "modified">> | undefined;
  },
): Promise<Page | undefined> {
  const { accept, authorization, known } = options;
  const headers = {
    accept,
    "user-agent": "kizuki",
    ...(authorization !== undefined && { authorization }),
    ...(known?.etag !== undefined && { "if-none-match": known.etag }),
    ...(known?.modified !== undefined && { "if-modified-since": known.modified }),
  };
  const timeout = AbortSignal.timeout(ANSWER_MS);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    const response = await follow(url, { headers, signal });
    if (response.status === 304) return undefined;
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(response, url);
    }
    return {
      text: decodePage(await readBody(response, url), response.headers.get("content-type") ?? ""),
      url: response.url,
      etag: shortHeader(response, "etag"),
      modified: shortHeader(response, "last-modified"),
    };
  } catch (cause) {
    if (cause instanceof PullError) throw cause;
    const why = timeout.aborted ? `${ANSWER_MS / 1000} 秒以内に終わらない` : codeOf(cause);
    throw new PullError(
      `${hostOf(url)} から受け取れません（${why}）。アドレスとネットワークを確かめてください。次の機会にやり直します。`,
      { cause },
    );
  }
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === "https:" || isLoopback(hostname);
}

async function follow(
  from: string,
  request: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
): Promise<Response> {
  let url = from;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await fetch(url, { ...request, redirect: "manual" });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status === 304 || response.status > 399) return response;
    await response.body?.cancel();
    if (location === null || !URL.canParse(location, url)) break;
    url = sameHost(new URL(location, url), url);
  }
  throw new PullError(
    `${hostOf(from)} は別のアドレスへ回し続けます。ブラウザで開き、最後のアドレスを url に書いてください。`,
  );
}

/** @throws PullError for another host, or for one that is no longer spoken to in secret */
export function sameHost(next: URL, from: string): string {
  if (next.host === new URL(from).host && next.protocol === new URL(from).protocol)
    return next.href;
  throw new PullError(
    `${hostOf(from)} は別のサーバー（${next.host}）へ案内しました。そのサーバーを読んでよいなら、url をそのアドレスに直してください。`,
  );
}

/** Counted after decompression, so that a small answer cannot become a large one. */
async function readBody(response: Response, url: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > PAGE_BYTES) {
      throw new PullError(
        `${hostOf(url)} の答えが ${PAGE_BYTES / 1_000_000} MB を超えます。件数を減らす指定（limit など）を url に付けてください。`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The header's character set goes before the document's own, as for a browser; wrong ones are told by what does not read. */
function decodePage(bytes: Buffer, contentType: string): string {
  const start = bytes.subarray(0, 200).toString("latin1");
  const stated = [
    /charset="?([\w.:-]+)/i.exec(contentType)?.[1],
    /^\s*<\?xml[^>]*encoding=["']([\w.:-]+)/.exec(start)?.[1],
    "utf-8",
    "shift_jis",
  ];
  for (const name of stated) {
    try {
      if (name !== undefined) return new TextDecoder(name, { fatal: true }).decode(bytes);
    } catch {
      // The next may read it.
    }
  }
  throw new PullError(
    "答えの文字コードがわかりません。提供元に、UTF-8 で出しているかを確かめてください。",
  );
}

function refused({ status, headers }: Response, url: string): PullError {
  const host = hostOf(url);
  if (status === 401 || status === 403) {
    return new PullError(
      `${host} に断られました（${status}）。secrets の authorization のファイルと、その権限・期限を確かめてください。`,
    );
  }
  if (status === 404 || status === 410) {
    return new PullError(`${host} にそのページがありません（${status}）。url を確かめてください。`);
  }
  const wait = headers.get("retry-after");
  const hint = wait !== null && /^\d{1,6}$/.test(wait) ? `${wait} 秒待つように言われました。` : "";
  return new PullError(`${host} が ${status} を返しました。${hint}次の機会にやり直します。`);
}

const HEADER_LIMIT = 300;

function shortHeader(response: Response, name: string): string | undefined {
  const value = response.headers.get(name) ?? undefined;
  return value !== undefined && value.length <= HEADER_LIMIT ? value : undefined;
}

/** Without path and query: they may hold a key. */
function hostOf(url: string): string {
  return new URL(url).host;
}

function codeOf(cause: unknown): string {
  const root = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  if (!(root instanceof Error)) return "原因不明";
  return "code" in root && typeof root.code === "string" ? root.code : root.name;
}
