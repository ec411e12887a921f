import { expect, test } from "vitest";
import { StorageError } from "../../../../pipeline/errors.ts";
import { MAX_BODY_BYTES, Refused, Taken } from "../../../../pipeline/intake/http/answers.ts";
import type { ApiKey } from "../../../../pipeline/intake/http/api-keys.ts";
import { intakeApp } from "../../../../pipeline/intake/http/intake-app.ts";
import type { VoiceRequest, VoiceTaker } from "../../../../pipeline/intake/http/voice-taker.ts";

const VOICE = { receivedAt: "2026-01-05", channel: "web", verbatim: "駅から遠いです" };
const KEY: ApiKey = {
  name: "crm",
  source: "crm",
  may: "send",
  addedAt: "2026-01-05T00:00:00.000Z",
  hash: "0".repeat(64),
};

/** An app whose taker keeps what it gets; the token "check" may only check. */
function open(changes: { take?: VoiceTaker; isStopping?: () => boolean } = {}) {
  const taken: VoiceRequest[] = [];
  const failures: unknown[] = [];
  const app = intakeApp({
    findKey: (token) =>
      ({ send: KEY, check: { ...KEY, may: "check" as const } })[token] ?? undefined,
    take: async (request) => {
      taken.push(request);
      return [];
    },
    isStopping: () => false,
    failed: (cause) => failures.push(cause),
    ...changes,
  });
  const post = (
    body: unknown,
    headers: Record<string, string> = {},
    path = "/v1/voices",
  ): Promise<Response> =>
    Promise.resolve(
      app.request(path, {
        method: "POST",
        body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
        headers: { authorization: "Bearer send", "content-type": "application/json", ...headers },
      }),
    );
  return { app, post, taken, failures };
}

const refused = [
  { why: "no key", headers: { authorization: "" }, status: 401, error: "no-key" },
  { why: "an unknown key", headers: { authorization: "Bearer x" }, status: 401, error: "no-key" },
  {
    why: "another scheme",
    headers: { authorization: "Basic send" },
    status: 401,
    error: "no-key",
  },
  {
    why: "a key that may only check",
    headers: { authorization: "Bearer check" },
    status: 403,
    error: "not-allowed",
  },
  {
    why: "another media type",
    headers: { "content-type": "text/plain" },
    status: 415,
    error: "not-json",
  },
  {
    why: "a compressed body",
    headers: { "content-encoding": "gzip" },
    status: 415,
    error: "not-json",
  },
  {
    why: "a blank in the idempotency key",
    headers: { "idempotency-key": "a b" },
    status: 400,
    error: "bad-idempotency-key",
  },
  {
    why: "an idempotency key that is too long",
    headers: { "idempotency-key": "a".repeat(201) },
    status: 400,
    error: "bad-idempotency-key",
  },
  { why: "an empty body", body: "", status: 400, error: "bad-json" },
  { why: "no JSON", body: '{"a":1,\n "b": 駅前}', status: 400, error: "bad-json" },
  { why: "no UTF-8", body: new Uint8Array([0x22, 0x8c, 0x22]), status: 400, error: "bad-json" },
  { why: "nesting without end", body: "[".repeat(1_000_000), status: 400, error: "bad-json" },
  { why: "no voice", body: [], status: 400, error: "no-voices" },
  { why: "too many voices", body: Array(1001).fill(VOICE), status: 413, error: "too-large" },
  {
    why: "a body that is too large",
    body: " ".repeat(MAX_BODY_BYTES + 1),
    status: 413,
    error: "too-large",
  },
  { why: "no object", body: ["駅前", null, 3], status: 422, error: "voices-refused" },
  {
    why: "a list in a list",
    body: [[VOICE]],
    status: 422,
    error: "voices-refused",
  },
  {
    why: "too many names of attributes",
    body: Array.from({ length: 101 }, (_, i) => ({ ...VOICE, attributes: { [`駅${i}`]: "x" } })),
    status: 413,
    error: "too-large",
  },
  { why: "another path", path: "/metrics", status: 404, error: "no-such-path" },
];

test.each(refused)(
  "$why is refused with $status, without a word of it, and nothing is taken",
  async ({ status, error, headers = {}, body = VOICE, path = "/v1/voices" }) => {
    const { post, taken, failures } = open();
    const response = await post(body, headers, path);
    expect(response.status).toBe(status);
    const text = await response.text();
    expect(Refused.parse(JSON.parse(text)).error).toBe(error);
    expect(text).not.toContain("駅");
    expect({ taken, failures }).toEqual({ taken: [], failures: [] });
  },
);

test("JSON that cannot be read is refused with line and column", async () => {
  const { post } = open();
  const json = await (await post('{"a":1,\n "b": 駅前}')).json();
  expect(json).toMatchObject({ line: 2, column: 7 });
  const type = { "content-type": "application/x-ndjson" };
  const lines = await (await post(`${JSON.stringify(VOICE)}\n\n{"a":}\n`, type)).json();
  expect(lines).toMatchObject({ line: 3, column: 6 });
});

test.each([
  { why: "no time", change: { receivedAt: undefined }, field: "receivedAt" },
  { why: "a day that no calendar has", change: { receivedAt: "2026-02-30" }, field: "receivedAt" },
  { why: "a channel of its own", change: { channel: "駅前" }, field: "channel" },
  { why: "words that are no text", change: { verbatim: 3 }, field: "verbatim" },
  { why: "too many words", change: { verbatim: "駅".repeat(20_001) }, field: "verbatim" },
  { why: "a number as id", change: { id: 3 }, field: "id" },
  { why: "a blank id", change: { id: " " }, field: "id" },
  { why: "a long id", change: { id: "駅".repeat(201) }, field: "id" },
  { why: "a rating in words", change: { rating: "駅" }, field: "rating" },
  { why: "a rating that a cell cannot write", change: { rating: 1e-12 }, field: "rating" },
  { why: "an attribute that is no text", change: { attributes: { 駅: 3 } }, field: "attributes" },
  {
    why: "an attribute named as a field",
    change: { attributes: { id: "駅" } },
    field: "attributes",
  },
  { why: "a field that is not known", change: { 駅前: "x" }, field: undefined },
])(
  "a voice with $why is refused by its place and field, without a word of it",
  async ({ change, field }) => {
    const { post, taken } = open();
    const response = await post([{ ...VOICE, ...change }]);
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).not.toContain("駅");
    const { voices } = Refused.parse(JSON.parse(text));
    const error = { message: expect.stringMatching(/./), ...(field !== undefined && { field }) };
    expect(voices).toEqual([{ index: 0, status: "refused", errors: [error] }]);
    expect(taken).toEqual([]);
  },
);

test("voices that can be read are taken beside one that cannot, which goes along as unreadable", async () => {
  const { post, taken } = open();
  const bad = { ...VOICE, receivedAt: "きのう" };
  const response = await post([VOICE, bad, { ...VOICE, verbatim: " " }], {
    "idempotency-key": "2026-01-05/1",
  });
  expect(response.status).toBe(202);
  expect(Taken.parse(await response.json())).toEqual({
    accepted: 1,
    empty: 1,
    refused: 1,
    voices: [
      { index: 0, status: "accepted" },
      {
        index: 1,
        status: "refused",
        errors: [{ field: "receivedAt", message: expect.stringContaining("暦にある日時") }],
      },
      { index: 2, status: "empty" },
    ],
  });
  expect(taken).toMatchObject([
    { source: { name: "crm" }, idempotencyKey: "2026-01-05/1", records: [{}, {}, {}] },
  ]);
  expect(taken[0]?.records[1]).toMatchObject({
    problem: { reason: "unreadable date", column: "receivedAt" },
    bytes: JSON.stringify(bad),
  });
});

const GARBLED = "縺ゅ＞縺\ufffd縺医♀縺九″縺上￠縺\ufffd";

test.each([
  { why: "garbled words", change: { verbatim: GARBLED }, field: "verbatim", says: /文字化け/ },
  { why: "a garbled product", change: { product: GARBLED }, field: "product", says: /文字化け/ },
  {
    why: "a garbled attribute",
    change: { attributes: { 駅: GARBLED } },
    field: "attributes",
    says: /文字化け/,
  },
  { why: "Excel's error", change: { verbatim: "#N/A" }, field: "verbatim", says: /Excel のエラー/ },
])(
  "what would become a dead letter for $why is refused, in a check too",
  async ({ change, field, says }) => {
    const { post, taken } = open();
    const bad = { ...VOICE, ...change };
    const answers = {
      accepted: 1,
      empty: 0,
      refused: 1,
      voices: [
        {
          index: 0,
          status: "refused",
          errors: [{ field, message: expect.stringMatching(says) }],
        },
        { index: 1, status: "accepted" },
      ],
    };
    const sent = await post([bad, VOICE]);
    expect(Taken.parse(await sent.json())).toEqual(answers);
    const checked = await post([bad, VOICE], {}, "/v1/voices/check");
    expect(Taken.parse(await checked.json())).toEqual(answers);
    expect(taken).toMatchObject([{ records: [{ cells: {} }, { cells: {} }] }]);
    expect((await post(bad)).status).toBe(422);
    expect(taken).toHaveLength(1);
  },
);

test("one voice, a list of voices and JSON Lines are the same", async () => {
  const { post, taken } = open();
  await post(VOICE);
  await post([VOICE]);
  const type = { "content-type": "application/x-ndjson; charset=utf-8" };
  await post(`${JSON.stringify(VOICE)}\r\n`, type);
  const [one, ...others] = taken.map(({ records }) => records);
  expect(others).toEqual([one, one]);
});

test("a check answers as if, and keeps nothing", async () => {
  const { post, taken } = open();
  const headers = { authorization: "Bearer check" };
  const response = await post(VOICE, headers, "/v1/voices/check");
  expect(response.status).toBe(200);
  expect(Taken.parse(await response.json())).toMatchObject({ accepted: 1 });
  expect(taken).toEqual([]);
});

test("more requests than it holds at once are told to come again", async () => {
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { post } = open({ take: () => held.then(() => []) });
  const inHand = Array.from({ length: 32 }, () => post(VOICE));
  await expect.poll(async () => (await post(VOICE)).status).toBe(503);
  const busy = await post(VOICE);
  expect(busy.headers.get("retry-after")).toBe("1");
  release();
  const statuses = (await Promise.all(inHand)).map(({ status }) => status);
  expect(statuses).toEqual(Array(32).fill(202));
  expect((await post(VOICE)).status).toBe(202);
});

test("what cannot be written is told, and the sender is to come again", async () => {
  const { post, failures } = open({
    take: () => Promise.reject(new StorageError("満杯です: 駅から遠いです")),
  });
  const response = await post(VOICE);
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toBe("10");
  expect(await response.text()).not.toContain("駅");
  expect(failures).toHaveLength(1);
});

test("while it stops, nothing more is taken and the connection is not kept", async () => {
  const { post, taken } = open({ isStopping: () => true });
  const response = await post(VOICE);
  expect(response.status).toBe(503);
  expect(response.headers.get("connection")).toBe("close");
  expect(taken).toEqual([]);
});

test("docs/http-intake.openapi.json is what the port tells about itself (vitest -u writes it)", async () => {
  const document = await (await open().app.request("/v1/openapi.json")).json();
  await expect(`${JSON.stringify(document, null, 2)}\n`).toMatchFileSnapshot(
    "../../../../docs/http-intake.openapi.json",
  );
});
