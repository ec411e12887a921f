import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { RawRecord } from "../../schema/raw-record.ts";
import {
  MAX_ATTRIBUTE_NAMES,
  MAX_BODY_BYTES,
  MAX_KEY_LENGTH,
  MAX_VOICES,
  REFUSALS,
  type Refusal,
  type Refused,
  type Taken,
  type VoiceResult,
} from "./answers.ts";
import type { ApiKey } from "./api-keys.ts";
import { attributeNames, type MappedVoice, mapVoices, readVoice, sourceOf } from "./http-voice.ts";
import { openApi } from "./open-api.ts";
import { formatOf, readBody } from "./read-body.ts";
import type { VoiceTaker } from "./voice-taker.ts";

/** Requests that are read or written at once: each may hold a body. */
const MAX_IN_FLIGHT = 32;
const RETRY_AFTER_SECONDS = { busy: 1, unavailable: 10 };
const KEY = new RegExp(`^[!-~]{1,${MAX_KEY_LENGTH}}$`);

type Env = { Variables: { apiKey: ApiKey } };
type Reply = Context<Env>;

/** The port for systems that bring voices. No answer, and nothing else, repeats a word of what came. */
export function intakeApp(options: {
  readonly findKey: (token: string) => ApiKey | undefined;
  readonly take: VoiceTaker;
  readonly isStopping: () => boolean;
  /** Told of a request that could not be answered as it should. */
  readonly failed: (cause: unknown) => void;
}): Hono<Env> {
  const { findKey, take, isStopping, failed } = options;
  const app = new Hono<Env>();
  let inFlight = 0;
  app.get("/v1/openapi.json", (context) => context.json(openApi()));
  app.use("/v1/voices/*", async (context, next) => {
    const token = /^Bearer +(\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
    const apiKey = token === undefined ? undefined : findKey(token);
    if (apiKey === undefined) return refuse(context, "no-key");
    if (isStopping()) return refuse(context, "unavailable");
    if (inFlight >= MAX_IN_FLIGHT) return refuse(context, "busy");
    context.set("apiKey", apiKey);
    inFlight += 1;
    try {
      return await next();
    } finally {
      inFlight -= 1;
    }
  });
  const limit = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: (context) => refuse(context, "too-large"),
  });
  app.post("/v1/voices", limit, async (context) => {
    if (context.var.apiKey.may !== "send") return refuse(context, "not-allowed");
    return await answer(context, take);
  });
  app.post("/v1/voices/check", limit, (context) => answer(context, undefined));
  app.notFound((context) => refuse(context, "no-such-path"));
  app.onError((cause, context) => {
    if (context.req.raw.signal.aborted) return refuse(context, "body-cut-off");
    failed(cause);
    return refuse(context, "unavailable");
  });
  return app;
}

/** @param take left out where the request is only checked */
async function answer(context: Reply, take: VoiceTaker | undefined): Promise<Response> {
  const request = await readRequest(context);
  if (request instanceof Response) return request;
  const { values, body, idempotencyKey } = request;
  const read = values.map(readVoice);
  const readable = read.flatMap((voice) => (voice.status === "ok" ? [voice.voice] : []));
  if (attributeNames(readable).size > MAX_ATTRIBUTE_NAMES) return refuse(context, "too-large");
  const source = sourceOf(context.var.apiKey.source, readable);
  const voices = mapVoices(read, source);
  if (voices.every(({ status }) => status === "refused")) {
    return refuse(context, "voices-refused", { voices: resultsOf(voices) });
  }
  if (take === undefined) return context.json(countsOf(resultsOf(voices)), 200);
  const records = await take({
    source,
    records: voices.map(({ content }) => content),
    idempotencyKey,
    body,
  });
  if (records === "other body") return refuse(context, "other-body");
  return context.json(countsOf(resultsOf(voices, records)), 202);
}

type ReadRequest = {
  readonly values: readonly unknown[];
  readonly body: Uint8Array;
  readonly idempotencyKey: string | undefined;
};

async function readRequest(context: Reply): Promise<ReadRequest | Response> {
  const idempotencyKey = context.req.header("idempotency-key");
  const format = formatOf(context.req.header("content-type"));
  const encoding = context.req.header("content-encoding") ?? "identity";
  if (format === undefined || encoding !== "identity") return refuse(context, "not-json");
  if (idempotencyKey !== undefined && !KEY.test(idempotencyKey)) {
    return refuse(context, "bad-idempotency-key");
  }
  const body = await context.req.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => undefined,
  );
  if (body === undefined) return refuse(context, "body-cut-off");
  const read = readBody(body, format);
  if ("line" in read) return refuse(context, "bad-json", read);
  if (read.values.length === 0) return refuse(context, "no-voices");
  if (read.values.length > MAX_VOICES) return refuse(context, "too-large");
  return { values: read.values, body, idempotencyKey };
}

function resultsOf(
  voices: readonly MappedVoice[],
  records: readonly RawRecord[] = [],
): VoiceResult[] {
  return voices.map(({ status, errors }, index) => {
    if (status === "refused") return { index, status, errors };
    if (status === "empty") return { index, status };
    const record = records[index];
    const voiceId = record?.status === "ok" ? record.voice.voiceId : undefined;
    return { index, status, ...(voiceId !== undefined && { voiceId }) };
  });
}

function countsOf(voices: VoiceResult[]): Taken {
  const count = (status: VoiceResult["status"]) =>
    voices.filter((voice) => voice.status === status).length;
  return {
    accepted: count("accepted"),
    empty: count("empty"),
    refused: count("refused"),
    voices,
  };
}

function refuse(
  context: Context,
  error: Refusal,
  details: Pick<Refused, "line" | "column" | "voices"> = {},
): Response {
  const [status, message] = REFUSALS[error];
  if (error === "busy" || error === "unavailable") {
    context.header("retry-after", String(RETRY_AFTER_SECONDS[error]));
  }
  if (status === 401) context.header("www-authenticate", "Bearer");
  // A connection that is kept would outlive the port.
  if (error === "unavailable") context.header("connection", "close");
  return context.json({ error, message, ...details } satisfies Refused, status);
}
