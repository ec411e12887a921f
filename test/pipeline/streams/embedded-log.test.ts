import {
  appendFileSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { StorageError } from "../../../pipeline/errors.ts";
import { EmbeddedLog } from "../../../pipeline/streams/embedded-log.ts";
import { sealWithKey } from "../../../pipeline/streams/seal-with-key.ts";
import { tempFolder } from "../../support/temp-folder.ts";

async function readAll(log: EmbeddedLog, from = 0): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const frame of log.readFrom(from)) {
    records.push(...frame.records.slice(Math.max(0, from - frame.offset)));
  }
  return records;
}

function fileOf(root: string): string {
  const [file] = readdirSync(join(root, "voc.raw"));
  return join(root, "voc.raw", file ?? "");
}

test("records come back in order, with their offsets, after the log is opened again", async () => {
  const root = tempFolder();
  const log = await EmbeddedLog.open({ name: "voc.raw", root });
  await log.append([{ a: 1 }, { a: 2 }], { next: 2 });
  await log.append([{ a: "\ud800 と改行\n" }], { next: 3 });
  await log.close();
  const again = await EmbeddedLog.open({ name: "voc.raw", root });
  expect(again.nextOffset).toBe(3);
  expect(again.newestMark("next")).toBe(3);
  expect(await readAll(again)).toEqual([{ a: 1 }, { a: 2 }, { a: "\ud800 と改行\n" }]);
  expect(await readAll(again, 1)).toEqual([{ a: 2 }, { a: "\ud800 と改行\n" }]);
});

test("a frame cut off at any byte is dropped, the ones before it stay, and appending goes on", async () => {
  const root = tempFolder();
  const log = await EmbeddedLog.open({ name: "voc.raw", root });
  await log.append([1], {});
  await log.close();
  const whole = statSync(fileOf(root)).size;
  const second = await EmbeddedLog.open({ name: "voc.raw", root });
  await second.append([2, 3], {});
  await second.close();
  const bytes = readFileSync(fileOf(root));
  for (let length = whole; length < bytes.length; length += 1) {
    writeFileSync(fileOf(root), bytes.subarray(0, length));
    const torn = await EmbeddedLog.open({ name: "voc.raw", root });
    expect(await readAll(torn)).toEqual([1]);
    await torn.append(["after"], {});
    expect(await readAll(torn)).toEqual([1, "after"]);
    await torn.close();
    truncateSync(fileOf(root), whole);
  }
});

test("garbage behind the last frame is cut off and kept beside the log", async () => {
  const root = tempFolder();
  const log = await EmbeddedLog.open({ name: "voc.raw", root });
  await log.append([1], {});
  await log.close();
  appendFileSync(fileOf(root), "garbage");
  const again = await EmbeddedLog.open({ name: "voc.raw", root });
  expect(await readAll(again)).toEqual([1]);
  expect(readdirSync(join(root, "voc.raw")).some((file) => file.endsWith(".torn"))).toBe(true);
});

test("a changed byte in the middle stops the reader instead of skipping records", async () => {
  const root = tempFolder();
  const log = await EmbeddedLog.open({ name: "voc.raw", root });
  await log.append(["first"], {});
  await log.append(["second"], {});
  await log.close();
  const bytes = readFileSync(fileOf(root));
  const at = Math.floor(bytes.length / 2) - 3;
  bytes.writeUInt8(bytes.readUInt8(at) ^ 0xff, at);
  writeFileSync(fileOf(root), bytes);
  const broken = await EmbeddedLog.open({ name: "voc.raw", root });
  await expect(readAll(broken)).rejects.toBeInstanceOf(StorageError);
});

test("a sealed log shows no word, and opens only with its key", async () => {
  const root = tempFolder();
  const seal = sealWithKey(Buffer.alloc(32, 7));
  const log = await EmbeddedLog.open({ name: "voc.raw", root, seal });
  await log.append([{ verbatim: "山田と申します" }], {});
  await log.close();
  expect(readFileSync(fileOf(root)).includes("山田")).toBe(false);
  const own = await EmbeddedLog.open({ name: "voc.raw", root, seal });
  expect(await readAll(own)).toEqual([{ verbatim: "山田と申します" }]);
  const other = await EmbeddedLog.open({
    name: "voc.raw",
    root,
    seal: sealWithKey(Buffer.alloc(32, 8)),
  });
  await expect(readAll(other)).rejects.toBeInstanceOf(StorageError);
});

test("appends that are asked for at once take turns", async () => {
  const root = tempFolder();
  const log = await EmbeddedLog.open({ name: "voc.raw", root });
  await Promise.all([1, 2, 3, 4, 5].map((record) => log.append([record], {})));
  expect(await readAll(log)).toEqual([1, 2, 3, 4, 5]);
});

test("a log that is closed while records are packed closes behind them", async () => {
  const root = tempFolder();
  const log = await EmbeddedLog.open({ name: "voc.raw", root });
  const appended = log.append([1], {});
  await log.close();
  const again = await EmbeddedLog.open({ name: "voc.raw", root });
  expect(await readAll(again)).toEqual([1]);
  await appended;
});
