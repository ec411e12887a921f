import { writeFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { neverStops } from "../../../pipeline/stop.ts";
import { sendWebhook } from "../../../reports/deliver/send-webhook.ts";
import { slackBody, teamsBody, webhookLines } from "../../../reports/deliver/webhook-body.ts";
import { outlineOf } from "../../../reports/outline/outline-of.ts";
import { frozenWeekly } from "../../support/frozen-reports.ts";
import { closedPort, portOf } from "../../support/mail-server.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const NOW = new Date("2025-08-04T00:00:00Z");

function urlFile(url: string): string {
  const file = join(tempFolder(), "url");
  writeFileSync(file, url, { mode: 0o600 });
  return file;
}

async function startEndpoint(answer: (response: ServerResponse) => void) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      bodies.push(Buffer.concat(chunks).toString());
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { bodies, url: `http://127.0.0.1:${portOf(server.address())}/secret-path` };
}

test.each([
  { status: 200, expected: { status: "sent" } },
  { status: 400, expected: { status: "refused", reason: "http-400" } },
  { status: 404, expected: { status: "refused", reason: "http-404" } },
  { status: 302, expected: { status: "refused", reason: "http-302" } },
  { status: 408, expected: { status: "later", reason: "http-408" } },
  { status: 500, expected: { status: "later", reason: "http-500" } },
  {
    status: 429,
    expected: { status: "later", reason: "http-429", notBefore: new Date("2025-08-04T00:10:00Z") },
  },
])("an endpoint that answers $status", async ({ status, expected }) => {
  const { url, bodies } = await startEndpoint((response) => {
    const headers = status === 429 ? { "retry-after": "600" } : { location: "http://127.0.0.1:1/" };
    response.writeHead(status, headers).end();
  });
  expect(
    await sendWebhook({ a: 1 }, { urlFile: urlFile(url), now: NOW, giveUp: neverStops.now }),
  ).toEqual(expected);
  expect(bodies).toEqual(['{"a":1}']);
});

test("an endpoint that hangs or cuts the line may have read it; one that is not there has not", async () => {
  const silent = await startEndpoint(() => undefined);
  const options = { now: NOW, giveUp: neverStops.now, timeoutMs: 500 };
  expect(await sendWebhook({}, { urlFile: urlFile(silent.url), ...options })).toEqual({
    status: "lost",
    reason: "http-timeout",
  });
  const cutting = await startEndpoint((response) => response.socket?.destroy());
  expect(
    await sendWebhook({}, { urlFile: urlFile(cutting.url), now: NOW, giveUp: neverStops.now }),
  ).toMatchObject({
    status: "lost",
  });
  const nobody = `http://127.0.0.1:${await closedPort()}/`;
  expect(
    await sendWebhook({}, { urlFile: urlFile(nobody), now: NOW, giveUp: neverStops.now }),
  ).toEqual({
    status: "later",
    reason: "http-econnrefused",
  });
});

test("told to stop, it does not wait for an endpoint, which may have read the message", async () => {
  const silent = await startEndpoint(() => undefined);
  const stop = new AbortController();
  const options = { urlFile: urlFile(silent.url), now: NOW, giveUp: stop.signal };
  const attempt = sendWebhook({}, { ...options, timeoutMs: 600_000 });
  await vi.waitFor(() => expect(silent.bodies).toHaveLength(1), 60_000);
  stop.abort();
  expect(await attempt).toEqual({ status: "lost", reason: "http-eabort" });
});

test.each(["http://example.jp/x", "file:///etc/passwd", "no address"])(
  "%s is no address to post to",
  async (url) => {
    expect(
      await sendWebhook({}, { urlFile: urlFile(url), now: NOW, giveUp: neverStops.now }),
    ).toEqual({
      status: "refused",
      reason: "webhook-address",
    });
  },
);

test("a chat gets headlines and counts, no voice, and nothing it would read as a mention or a link", () => {
  const report = frozenWeekly();
  const title = "<!channel> [x](http://x.jp) & co";
  const lines = webhookLines(outlineOf({ ...report, title }));
  const slack = slackBody(lines);
  expect(slack.text).toContain("&lt;!channel&gt;");
  expect(new Set(slack.blocks.map(({ text }) => text.type))).toEqual(new Set(["plain_text"]));
  const said = JSON.stringify([slack, teamsBody(lines)]);
  for (const { text } of Object.values(report.voices)) expect(said).not.toContain(text);
  expect(teamsBody(lines).attachments[0]?.content.body[0]?.type).toBe("RichTextBlock");
});
