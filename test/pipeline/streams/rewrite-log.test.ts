import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { EmbeddedLog } from "../../../pipeline/streams/embedded-log.ts";
import { sealWithKey } from "../../../pipeline/streams/seal-with-key.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const seal = sealWithKey(Buffer.alloc(32, 1));
const open = (root: string) => EmbeddedLog.open({ name: "voc.raw", root, seal });

async function readAll(log: EmbeddedLog): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const frame of log.readFrom(0)) records.push(...frame.records);
  return records;
}

const doubled = (records: readonly unknown[]) =>
  records.includes(2)
    ? records.map((record) => (record === 2 ? "two".repeat(200) : record))
    : undefined;

test("records are exchanged where they stand: offsets, marks and the way on are the same, also after opening again", async () => {
  const root = tempFolder();
  const log = await open(root);
  await log.append([1, 2], { next: 7 });
  await log.append([3], {});
  writeFileSync(join(root, "voc.raw", "00000000000000000000.log.99.torn"), "torn");
  await log.rewrite(doubled);
  await log.append([4], {});
  const expected = [1, "two".repeat(200), 3, 4];
  expect(await readAll(log)).toEqual(expected);
  await log.close();
  const again = await open(root);
  expect(await readAll(again)).toEqual(expected);
  expect([again.nextOffset, again.newestMark("next")]).toEqual([4, 7]);
  await again.verify();
  expect(readdirSync(join(root, "voc.raw"))).toEqual(["00000000000000000000.log"]);
});

test("who reads while a file is written anew misses no record and sees none twice", async () => {
  const log = await open(tempFolder());
  for (let at = 0; at < 20; at += 1) await log.append([at], {});
  const seen: unknown[] = [];
  let rewriting: Promise<void> | undefined;
  for await (const { records } of log.readFrom(0)) {
    rewriting ??= log.rewrite((given) => given.map((record) => `${record} and more`));
    seen.push(...records);
  }
  await rewriting;
  expect(seen.map((record) => Number.parseInt(String(record), 10))).toEqual(
    Array.from({ length: 20 }, (_, at) => at),
  );
});

test("files go by their age, none with a record that is still wanted, and the offsets go on", async () => {
  const root = tempFolder();
  const log = await open(root);
  const age = (file: string) => utimesSync(join(root, "voc.raw", file), 1000, 1000);
  const files = () => readdirSync(join(root, "voc.raw"));
  for (const record of [1, 2, 3]) {
    await log.append([record], {});
    await log.rotate();
    await log.rotate();
  }
  expect(files()).toHaveLength(4);
  for (const file of files().slice(0, 3)) age(file);
  expect(await log.dropBefore(new Date(500_000), 3)).toBe(0);
  expect(await log.dropBefore(new Date(2_000_000), 2)).toBe(2);
  expect(await readAll(log)).toEqual([3]);
  expect(await log.dropBefore(new Date(2_000_000), 3)).toBe(1);
  expect(files()).toEqual(["00000000000000000003.log"]);
  await log.close();
  const again = await open(root);
  expect(again.nextOffset).toBe(3);
  await again.append([4], {});
  expect(await readAll(again)).toEqual([4]);
  expect(readFileSync(join(root, "voc.raw", files()[0] ?? "")).length).toBeGreaterThan(0);
});
