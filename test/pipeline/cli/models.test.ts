import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fewNotes } from "../../../pipeline/cli/models-train.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";
import { otherEncoder, TINY_CLASSIFIER, TINY_ENCODER } from "../../support/tiny-models.ts";

const folder = sharedFolder();
const csv = join(folder, "examples.csv");
const head = join(folder, "head");
const none = join(folder, "none.jsonl");
let other = "";

const run = async (args: readonly string[], input = "") => {
  const ran = await runKizuki(["models", ...args], { home: join(folder, "home"), input });
  return { ...ran, json: () => JSON.parse(ran.stdout) };
};

const columns = ["--examples", csv, "--text", "本文", "--label", "評価"];

beforeAll(async () => {
  other = otherEncoder(join(folder, "other"));
  const things = ["味", "袋", "駅", "店", "声", "人", "髪", "虫", "味と袋", "駅と店"];
  const rows = things.flatMap((thing) => [
    `"${thing}が良いです、とても",良い,x`,
    `${thing}が悪いです,悪い,x`,
  ]);
  writeFileSync(none, "\n");
  writeFileSync(csv, ["本文,評価,メモ", ...rows].join("\n"));
  const ran = await run(["train", ...columns, "--out", head, "--encoder", TINY_ENCODER]);
  expect(ran.code, ran.stderr).toBe(0);
  expect(ran.stdout).toMatch(/20 件の例文、2 種類のラベル、エンコーダ encoder .*秒/);
  expect(ran.stdout).toMatch(/交差検証.*正解率 .*マクロF1 .*ECE/);
});
afterAll(() => removeFolder(folder));

test("a head trained from a CSV on any encoder is measured with intervals", async () => {
  const args = ["evaluate", ...columns, "--head", head, "--encoder", TINY_ENCODER];
  const { json } = await run([...args, "--json"]);
  expect(json()).toMatchObject({
    n: 20,
    accuracy: 1,
    intervals: { macroF1: { value: 1, low: 1, high: 1 } },
    perLabel: { 良い: { support: 10, f1: 1 } },
  });
  const { stdout } = await run(args);
  expect(stdout).toMatch(/悪い {2}適合率 100\.0%［100\.0〜100\.0］/);
});

test("each label with fewer than eight examples is named with how many it has", () => {
  const times = (count: number, labels: readonly string[]) =>
    Array.from({ length: count }, () => ({ text: "味が薄い", labels }));
  const examples = [...times(7, ["味", "袋"]), ...times(1, ["袋"]), ...times(2, ["店"])];
  expect(fewNotes(examples, ["味", "袋", "店"])).toEqual([
    expect.stringMatching(/ラベルが 2 つあります.*64 件.*: 味 7 件、店 2 件。/),
  ]);
  expect(fewNotes(examples, ["袋"])).toEqual([]);
});

test("a harm head of one's own is trained from examples of one label or none, and classifies", async () => {
  const lines = (texts: readonly string[], labels: readonly string[]) =>
    texts.map((text) => JSON.stringify({ text, labels }));
  const things = ["味", "袋", "駅", "店", "声", "人", "髪", "虫"];
  const harmful = things.map((thing) => `${thing}でけがをしました`);
  const harmless = things.map((thing) => `${thing}が良いです`);
  const file = join(folder, "harm.jsonl");
  const own = join(folder, "harm");
  const train = ["train", "--examples", file, "--out", own, "--encoder", TINY_ENCODER];
  writeFileSync(file, lines(harmful, ["harm"]).join("\n"));
  const refused = await run(train);
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain("読んだもの: harm、期待: 2 種類以上、または 1 種類と");
  writeFileSync(file, [...lines(harmful, ["harm"]), ...lines(harmless, [])].join("\n"));
  const trained = await run(train);
  expect(trained.code, trained.stderr).toBe(0);
  expect(trained.stdout).not.toContain("例文の少ない");

  const config = join(folder, "harm.yaml");
  const ready = (names: string) => `{ folder: ${TINY_CLASSIFIER}, labels: ${names} }`;
  writeFileSync(
    config,
    [
      `workers: 1\nencoder: ${TINY_ENCODER}\nheads:\n  harm: ${own}`,
      `  sentiment: ${ready("{ POSITIVE: positive, NEGATIVE: negative }")}`,
      `  kind: ${ready("{ POSITIVE: praise, NEGATIVE: complaint }")}`,
    ].join("\n"),
  );
  const input = "箱でけがをしました\n箱が良いです\n";
  const home = join(folder, "home");
  const ran = await runKizuki(["--config", config, "classify"], { home, input });
  expect(ran.code, ran.stderr).toBe(0);
  const answers = ran.stdout.trim().split("\n");
  expect(answers.map((line) => JSON.parse(line).harm)).toEqual([true, false]);
});

test("another encoder's vectors are refused, and the way to a head for them is told", async () => {
  const ran = await run(["evaluate", ...columns, "--head", head, "--encoder", other]);
  expect(ran.code).toBe(5);
  expect(ran.stderr).toContain("kizuki models train --encoder");
});

test("a text-classification model is measured as it is, its labels under ours", async () => {
  const { json } = await run([
    ...["evaluate", ...columns, "--head", TINY_CLASSIFIER, "--encoder", TINY_ENCODER],
    ...["--map", "POSITIVE=良い,NEGATIVE=悪い", "--json"],
  ]);
  expect(json()).toMatchObject({ n: 20, accuracy: 1 });
});

test("two encoders are compared on what neither learned from, in equal shares of each label", async () => {
  const args = ["compare", TINY_ENCODER, other, ...columns];
  const { json } = await run([...args, "--seed", "3", "--json"]);
  expect(json()).toMatchObject({
    seed: 3,
    trained: 14,
    tested: 6,
    figures: [
      { n: 6, perLabel: { 良い: { support: 3 } } },
      { n: 6, perLabel: { 良い: { support: 3 } } },
    ],
    difference: { macroF1: { low: expect.any(Number), high: expect.any(Number) } },
  });
  const { stdout } = await run(args);
  expect(stdout).toMatch(/14 件で学習し、残りの 6 件で測りました/);
  expect(stdout).toMatch(/差が見えません|良いと言えます/);
});

test("a worse model is called worse, and two heads need no training", async () => {
  const upside = ["--map", "POSITIVE=悪い,NEGATIVE=良い"];
  const args = ["compare", head, TINY_CLASSIFIER, ...columns, "--encoder", TINY_ENCODER];
  const { stdout, stderr } = await run([...args, ...upside]);
  expect(stdout, stderr).toContain("20 件で測りました");
  expect(stdout).toContain("A のほうが良いと言えます");
});

test("embed takes any encoder: a unit vector of its width for each line", async () => {
  const { stdout } = await run(["embed", "--encoder", TINY_ENCODER], "味が良い\n駅が遠い\n");
  const lines = stdout.trim().split("\n");
  const vectors: number[][] = lines.map((line) => JSON.parse(line).vector);
  expect(vectors.map((vector) => vector.length)).toEqual([12, 12]);
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
});

test.each([
  {
    why: "a column that is not there",
    args: ["train", "--examples", csv, "--out", head],
    code: 3,
    says: "読んだもの: 本文、評価、メモ、期待: text、label",
  },
  {
    why: "an encoder that is not there",
    args: ["train", ...columns, "--out", head, "--encoder", "./none"],
    code: 2,
    says: "--encoder … 読んだもの: ./none",
  },
  {
    why: "an encoder to compare that is not there",
    args: ["compare", "./none", TINY_ENCODER, ...columns],
    code: 2,
    says: "A、B … 読んだもの: ./none",
  },
  {
    why: "a file where a folder is to be written",
    args: ["train", "--examples", "none.csv", "--out", csv],
    code: 2,
    says: "--out … 読んだもの: ",
  },
  {
    why: "a head of other labels",
    args: ["evaluate", ...columns, "--head", TINY_CLASSIFIER, "--encoder", TINY_ENCODER],
    code: 3,
    says: "読んだもの: 悪い、良い（例文 20 件）、期待: 分類器",
  },
  {
    why: "a head of other labels in a comparison",
    args: ["compare", head, TINY_CLASSIFIER, ...columns, "--encoder", TINY_ENCODER],
    code: 3,
    says: "のラベル NEGATIVE、POSITIVE のどれか",
  },
  {
    why: "a file without examples",
    args: ["evaluate", "--examples", none, "--head", head, "--encoder", TINY_ENCODER],
    code: 3,
    says: "読んだもの: なし（例文 0 件）、期待: 分類器",
  },
  {
    why: "a head that is neither shipped nor a folder",
    args: ["evaluate", ...columns, "--head", "moods", "--encoder", TINY_ENCODER],
    code: 5,
    says: "head.json も config.json もなし",
  },
])("$why is told with what was expected", async ({ args, code, says }) => {
  const ran = await run(args);
  expect(ran.stderr).toContain(says);
  expect(ran.code).toBe(code);
});
