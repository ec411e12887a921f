import { z } from "zod";
import { isLoopback } from "../../pipeline/is-loopback.ts";
import { readSecretFile } from "../../pipeline/secret-file.ts";
import type { Attempt } from "./attempt.ts";

export type WebhookOptions = {
  /** The file with the address. */
  readonly urlFile: string;
  readonly now: Date;
  readonly giveUp: AbortSignal;
  readonly timeoutMs?: number;
};

const TIMEOUT_MS = 30_000;

/** Posts one message. Never throws for what the other side or the line does, and names its address nowhere. */
export async function sendWebhook(body: unknown, options: WebhookOptions): Promise<Attempt> {
  const { urlFile, now, giveUp, timeoutMs = TIMEOUT_MS } = options;
  const url = addressIn(urlFile);
  if (url === undefined) return { status: "refused", reason: "webhook-address" };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      // Somebody else's address is not the one in the config.
      redirect: "manual",
      signal: AbortSignal.any([giveUp, AbortSignal.timeout(timeoutMs)]),
    });
    await response.body?.cancel();
    return attemptOf(response, now);
  } catch (cause) {
    return failureOf(cause);
  }
}

/** https; plain http to this machine only. */
function addressIn(urlFile: string): URL | undefined {
  const text = readSecretFile(urlFile, "deliver.recipients.webhook.urlFile");
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSafe =
    url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
  return isSafe ? url : undefined;
}

function attemptOf({ status, headers }: Response, now: Date): Attempt {
  if (status >= 200 && status < 300) return { status: "sent" };
  const reason = `http-${status}`;
  if (status === 408 || status === 429 || status >= 500) {
    const seconds = z.coerce
      .number()
      .nonnegative()
      .safeParse(headers.get("retry-after") ?? "x");
    if (!seconds.success) return { status: "later", reason };
    return { status: "later", reason, notBefore: new Date(now.getTime() + seconds.data * 1000) };
  }
  return { status: "refused", reason };
}

const Failure = z.object({ name: z.string(), cause: z.object({ code: z.string() }).optional() });

/** Failures in which the request may have been read before the line was cut. */
const AFTER_SENDING = new Set(["UND_ERR_SOCKET", "ECONNRESET", "UND_ERR_HEADERS_TIMEOUT"]);

function failureOf(cause: unknown): Attempt {
  const { name, cause: inner } = Failure.safeParse(cause).data ?? { name: "error" };
  if (name === "TimeoutError") return { status: "lost", reason: "http-timeout" };
  if (name === "AbortError") return { status: "lost", reason: "http-eabort" };
  const code = inner?.code ?? "error";
  const reason = `http-${code.toLowerCase()}`;
  return AFTER_SENDING.has(code) ? { status: "lost", reason } : { status: "later", reason };
}
