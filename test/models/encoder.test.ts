import { AutoTokenizer, env } from "@huggingface/transformers";
import { beforeAll, expect, test } from "vitest";
import { type Encoder, loadEncoder, toDirection } from "../../models/encoder.ts";
import { type EncoderChoice, shippedEncoder } from "../../models/encoder-folder.ts";
import { TINY_ENCODER } from "../support/tiny-models.ts";

const BASE = shippedEncoder("base");
const SMALL = shippedEncoder("small");
const TINY = { folder: TINY_ENCODER };

const TEXTS = [
  "味は良いが",
  "袋が開けにくい",
  "駅から遠く、バスの本数も少ないので、車のない人には勧めにくい所だと思いました。",
  "😀",
  "ﾊﾝﾊﾞｰｸﾞがおいしい",
];
/** Beside praise, blame and noise, each of as many tokens. */
const OF_ONE_LENGTH = Array.from("早辛古安高暑寒", (word) => `とても${word}いです`);

test.each([BASE, SMALL, TINY])(
  "a vector in company is, bit for bit, the vector alone: $folder",
  async (choice) => {
    const encoder = await loadEncoder(choice);
    const company = await encoder.encodeAll([...TEXTS, ...OF_ONE_LENGTH, ...TEXTS]);
    const alone = await loadEncoder(choice);
    for (const [index, text] of [...TEXTS, ...OF_ONE_LENGTH, ...TEXTS].entries()) {
      expect(company[index]).toEqual(await alone.encode(text));
    }
  },
);

test("texts of one length share a call where the manifest allows it, and no call is long", async () => {
  const callsOf = async (choice: EncoderChoice, texts: readonly string[]) => {
    const calls: number[] = [];
    const encoder = await loadEncoder(choice, (run, count) => {
      calls.push(count);
      return run();
    });
    await encoder.encodeAll(texts);
    return calls;
  };
  expect(await callsOf(BASE, OF_ONE_LENGTH)).toEqual([OF_ONE_LENGTH.length]);
  expect(await callsOf(TINY, OF_ONE_LENGTH)).toEqual(OF_ONE_LENGTH.map(() => 1));
  const long = "駅から遠く、バスの本数も少ないので、".repeat(8);
  expect(await callsOf(BASE, [long, "袋が開けにくい", long, long])).toEqual([2, 1, 1]);
});

test("texts that mean the same are nearer than texts that do not", async () => {
  const encoder = await loadEncoder(BASE);
  const near = await cosine(encoder, "料理が美味しかった", "ご飯がおいしくて大満足");
  expect(near).toBeGreaterThan(
    await cosine(encoder, "料理が美味しかった", "駐車場が狭くて停められない"),
  );
});

async function cosine(encoder: Encoder, one: string, other: string): Promise<number> {
  const [a, b] = [await encoder.encode(one), await encoder.encode(other)];
  const dot = (x: Int8Array, y: Int8Array) =>
    x.reduce((sum, value, index) => sum + value * (y[index] ?? 0), 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

test("a text past the encoder's length keeps its beginning and its closing token", async () => {
  const encoder = await loadEncoder(TINY);
  const long = await encoder.encode("良".repeat(62));
  expect(await encoder.encode("良".repeat(62) + "悪".repeat(300))).toEqual(long);
  expect(await encoder.encode(`${"良".repeat(61)}悪`)).not.toEqual(long);
});

test("a prefix stands before each text, and pooling by the first token is another vector", async () => {
  const plain = await loadEncoder(TINY);
  const prefixed = await loadEncoder({ ...TINY, prefix: "良" });
  const byFirst = await loadEncoder({ ...TINY, pooling: "cls" });
  expect(await prefixed.encode("い")).toEqual(await plain.encode("良い"));
  expect(await byFirst.encode("良い")).not.toEqual(await plain.encode("良い"));
  expect(byFirst.dimensions).toBe(12);
});

test("a direction fills the int8 range, whatever the vector's length", () => {
  expect(toDirection(Float32Array.from([0.1, -0.2, 0.05]))).toEqual(Int8Array.from([64, -127, 32]));
  expect(toDirection(Float32Array.from([0, 0]))).toEqual(Int8Array.from([0, 0]));
});

/** The layout is transformers.js's, so its vectors must be ours. */
let theirs: (text: string) => Promise<Float32Array>;
beforeAll(async () => {
  const { AutoModel } = await import("@huggingface/transformers");
  env.allowRemoteModels = false;
  env.useFSCache = false;
  const tokenizer = await AutoTokenizer.from_pretrained(BASE.folder);
  const model = await AutoModel.from_pretrained(BASE.folder, { dtype: "q8", device: "cpu" });
  theirs = async (text) => {
    const output = await model(tokenizer(text));
    return Float32Array.from(output.sentence_embedding.data);
  };
});

test.each(TEXTS)("transformers.js gives the same vector: %s", async (text) => {
  const encoder = await loadEncoder(BASE);
  expect(await encoder.encode(text)).toEqual(toDirection(await theirs(text)));
});
