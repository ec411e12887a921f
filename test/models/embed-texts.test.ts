import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { embedTexts } from "../../models/embed-texts.ts";
import { loadEncoder } from "../../models/encoder.ts";
import { shippedEncoder } from "../../models/encoder-folder.ts";
import { ModelError } from "../../pipeline/errors.ts";

const { execPath } = process;
afterEach(() => {
  process.execPath = execPath;
});

test("two processes give the bytes that one session here gives, in order", async () => {
  const choice = shippedEncoder("base");
  const texts = Array.from({ length: 130 }, (_, index) => `袋が${index}枚破れていました`);
  let done = 0;
  const vectors = await embedTexts(texts, {
    encoder: choice,
    processes: 2,
    onProgress: (count) => {
      done += count;
    },
  });
  expect(done).toBe(texts.length);
  const encoder = await loadEncoder(choice);
  for (const index of [0, 63, 64, 129]) {
    expect(vectors[index]).toEqual(await encoder.encode(texts[index] ?? ""));
  }
});

test("nothing to embed starts no process", async () => {
  expect(await embedTexts([], { encoder: shippedEncoder("base") })).toEqual([]);
});

test("an encoder that is not there is refused by its folder", async () => {
  const folder = join(tmpdir(), "kizuki-no-encoder");
  await expect(embedTexts(["袋"], { encoder: { folder } })).rejects.toThrow(/kizuki-no-encoder/);
});

test("a process that cannot be started is a ModelError that names the program", async () => {
  process.execPath = join(tmpdir(), "kizuki-no-node");
  const refused = embedTexts(["袋"], { encoder: shippedEncoder("base") });
  await expect(refused).rejects.toThrow(ModelError);
  await expect(refused).rejects.toThrow(/kizuki-no-node/);
});
