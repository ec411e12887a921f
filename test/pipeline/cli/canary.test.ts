import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** All that the gzip members in a stream's file say; a sealed one says nothing. */
function gunzipFrames(bytes: Buffer): string {
  let text = bytes.toString("latin1");
  for (let at = bytes.indexOf(GZIP); at >= 0; at = bytes.indexOf(GZIP, at + 1)) {
    try {
      text += gunzipSync(bytes.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }).toString();
    } catch {
      // Not the beginning of a member, or the next frame follows it.
    }
  }
  return text;
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

test("a number in any column, or in the file's name, stands unsealed in no file", async () => {
  const folder = tempFolder();
  const canary = join(folder, "声090-1111-2222.csv");
  const row = "C1,2025-07-30,富山店 090-1111-3333,チップス(090-1111-4444),袋の話 090-1111-5555";
  writeFileSync(canary, `受付番号,受付日時,店舗,商品名,お申し出内容\n${row}\n`);
  const canaryHome = join(folder, "canary");
  const ran = await runKizuki(["import", canary], { home: canaryHome });
  expect(ran.code, ran.stderr).toBe(0);
  const add = ["awareness", "add", "--voice", "C1", "--author", "林"];
  const reason = ["--reason", "090-1111-6666 に折り返し、袋の話を聞いた"];
  expect((await runKizuki([...add, ...reason], { home: canaryHome })).code).toBe(0);
  const report = ["report", "weekly", "--period", "2025-W31"];
  expect((await runKizuki(report, { home: canaryHome })).code).toBe(0);
  for (const file of readdirSync(canaryHome, { recursive: true, encoding: "utf8" })) {
    const path = join(canaryHome, file);
    if (!statSync(path).isFile()) continue;
    const bytes = readFileSync(path);
    const plain = file.includes("voc.") ? gunzipFrames(bytes) : bytes.toString("utf8");
    expect(plain.match(/090-?1111/g), file).toBeNull();
  }
  expect(ran.stdout + ran.stderr).not.toMatch(/1111-[345]/);
});
