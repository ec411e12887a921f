import { expect, test } from "vitest";
import { loadEncoder, toDirection, verifyEncoder } from "../../models/encoder.ts";

const TEXTS = [
  "味は良いが",
  "袋が開けにくい",
  "駅から遠く、バスの本数も少ないので、車のない人には勧めにくい所だと思いました。",
  "😀",
  "ﾊﾝﾊﾞｰｸﾞがおいしい",
];

test("the shipped files are the ones the manifest names", async () => {
  const { manifest } = await loadEncoder();
  expect(() => verifyEncoder(manifest)).not.toThrow();
});

test("a vector in company is, bit for bit, the vector alone", async () => {
  const encoder = await loadEncoder();
  const alone = new Map<string, Int8Array>();
  for (const text of TEXTS) alone.set(text, await (await loadEncoder()).encode(text));
  const company = await Promise.all([...TEXTS, ...TEXTS].map((text) => encoder.encode(text)));
  for (const [index, text] of [...TEXTS, ...TEXTS].entries()) {
    expect(company[index]).toEqual(alone.get(text));
  }
});

test("texts that mean the same are nearer than texts that do not", async () => {
  const encoder = await loadEncoder();
  const cosine = async (one: string, other: string) => {
    const [a, b] = [await encoder.encode(one), await encoder.encode(other)];
    const dot = (x: Int8Array, y: Int8Array) =>
      x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
    return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
  };
  const near = await cosine("料理が美味しかった", "ご飯がおいしくて大満足");
  expect(near).toBeGreaterThan(await cosine("料理が美味しかった", "駐車場が狭くて停められない"));
});

test("a direction fills the int8 range, whatever the vector's length", () => {
  expect(toDirection(Float32Array.from([0.1, -0.2, 0.05]))).toEqual(Int8Array.from([64, -127, 32]));
  expect(toDirection(Float32Array.from([0, 0]))).toEqual(Int8Array.from([0, 0]));
});
