import { connect, type Socket } from "node:net";
import { Hono } from "hono";
import { expect, onTestFinished, test } from "vitest";
import { openPort } from "../../../../pipeline/cli/serve/serve-http.ts";
import type { ApiKey } from "../../../../pipeline/intake/http/api-keys.ts";
import { intakeApp } from "../../../../pipeline/intake/http/intake-app.ts";
import type { VoiceTaker } from "../../../../pipeline/intake/http/voice-taker.ts";
import { freePorts } from "../../../support/kafka/free-ports.ts";

const KEY: ApiKey = {
  name: "crm",
  source: "crm",
  may: "send",
  addedAt: "2026-01-05T00:00:00.000Z",
  hash: "0".repeat(64),
};
const VOICE = '{"receivedAt":"2026-01-05","channel":"web","verbatim":"駅から遠い"}';

/** A port as `serve` opens it, with a taker of the test's. */
async function openIntake(options: { take?: VoiceTaker; requestMs?: number } = {}) {
  const failures: unknown[] = [];
  const now = new AbortController();
  let taken = 0;
  const app = intakeApp({
    findKey: () => KEY,
    take:
      options.take ??
      (async () => {
        taken += 1;
        return [];
      }),
    isStopping: () => false,
    failed: (cause) => failures.push(cause),
  });
  const [port = 0] = await freePorts(1);
  const place = { name: "intake", host: "127.0.0.1", port, finishUntil: now.signal } as const;
  const part = await openPort(app, place, (cause) => failures.push(cause), options.requestMs);
  onTestFinished(() => {
    now.abort();
    return part.stop();
  });
  return { port, part, now, failures, takenCount: () => taken };
}

/** A connection that says what it is told, and all that it heard. */
function speak(port: number): { socket: Socket; heard: () => string; ended: Promise<void> } {
  let heard = "";
  const socket = connect(port, "127.0.0.1");
  socket.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  const ended = new Promise<void>((resolve) => {
    socket.on("error", () => undefined).on("close", () => resolve());
  });
  return { socket, heard: () => heard, ended };
}

function head(rest: string): string {
  return `POST /v1/voices HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\nContent-Type: application/json\r\n${rest}\r\n\r\n`;
}

test.each([
  { why: "with a length", rest: "Content-Length: 1000" },
  { why: "in chunks", rest: "Transfer-Encoding: chunked" },
])("a body $why that breaks off is not taken, and no failure of ours", async ({ rest }) => {
  const { port, failures, takenCount } = await openIntake();
  const { socket, ended } = speak(port);
  socket.write(head(rest));
  socket.write(rest.startsWith("T") ? `${(200).toString(16)}\r\n${VOICE}` : VOICE);
  await new Promise((resolve) => setImmediate(resolve));
  socket.destroy();
  await ended;
  // A whole request afterwards: by then the broken one is through.
  const response = await fetch(`http://127.0.0.1:${port}/v1/voices`, {
    method: "POST",
    body: VOICE,
    headers: { authorization: "Bearer x", "content-type": "application/json" },
  });
  expect(response.status).toBe(202);
  expect({ taken: takenCount(), failures }).toEqual({ taken: 1, failures: [] });
});

test.each([
  { why: "a head", text: "POST /v1/voices HTTP/1.1\r\nHost:" },
  { why: "a body", text: `${head("Content-Length: 1000")}[` },
])(
  "who sends $why too slowly is cut off, and nothing is taken",
  async ({ text }) => {
    const { port, failures, takenCount } = await openIntake({ requestMs: 500 });
    const { socket, heard, ended } = speak(port);
    socket.write(text);
    await ended;
    expect(heard()).toMatch(/^(HTTP\/1.1 408|$)/);
    expect({ taken: takenCount(), failures }).toEqual({ taken: 0, failures: [] });
  },
  30_000,
);

test("a body without a stated length is counted as it comes, and refused beyond the limit", async () => {
  const { port, takenCount } = await openIntake();
  const { socket, heard } = speak(port);
  socket.write(head("Transfer-Encoding: chunked"));
  const chunk = `10000\r\n${" ".repeat(0x10000)}\r\n`;
  for (let sent = 0; sent < 70; sent += 1) socket.write(chunk);
  await expect.poll(heard, { timeout: 20_000 }).toContain("HTTP/1.1 413");
  socket.destroy();
  expect(takenCount()).toBe(0);
});

test("at a stop a request in hand is answered, a new one finds nobody, and an idle connection ends", async () => {
  let release: () => void = () => undefined;
  let begun = false;
  const { port, part } = await openIntake({
    take: () =>
      new Promise((resolve) => {
        begun = true;
        release = () => resolve([]);
      }),
  });
  const idle = speak(port);
  const { socket, heard, ended } = speak(port);
  socket.write(`${head(`Content-Length: ${Buffer.byteLength(VOICE)}`)}${VOICE}`);
  await expect.poll(() => begun).toBe(true);
  const stopped = part.stop();
  await idle.ended;
  await expect(fetch(`http://127.0.0.1:${port}/v1/voices`)).rejects.toThrow();
  expect(heard()).toBe("");
  release();
  await stopped;
  await ended;
  expect(heard()).toContain("HTTP/1.1 202");
});

test("what is in hand past the time for finishing is cut off without an answer", async () => {
  let begun = false;
  const { port, part, now } = await openIntake({
    take: () => {
      begun = true;
      return new Promise(() => undefined);
    },
  });
  const { socket, heard, ended } = speak(port);
  socket.write(`${head(`Content-Length: ${Buffer.byteLength(VOICE)}`)}${VOICE}`);
  await expect.poll(() => begun).toBe(true);
  const stopped = part.stop();
  now.abort();
  await stopped;
  await ended;
  expect(heard()).toBe("");
});

test("a port that is taken is said with the part of the config that names it", async () => {
  const { port } = await openIntake();
  const place = { name: "http", host: "127.0.0.1", port } as const;
  await expect(openPort(new Hono(), place, () => undefined)).rejects.toThrow(
    `http … 127.0.0.1:${port} を開けません`,
  );
});
