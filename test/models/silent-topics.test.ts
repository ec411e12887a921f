import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readEncoderFolder, shippedEncoder } from "../../models/encoder-folder.ts";
import { findSilentTopics, silentTopicsNote } from "../../models/silent-topics.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { TINY_CLASSIFIER } from "../support/tiny-models.ts";

const encoder = readEncoderFolder(shippedEncoder("base"));
const bundled = { encoder, heads: {} };

function written(name: string): string {
  const file = join(tempFolder(), "自社.yaml");
  const topics = [
    "{ id: a, label: 言い回し, rules: [駐車場が遠い] }",
    "{ id: b, label: 語, words: [[虫, 入る]] }",
    "{ id: c, label: 分類器 }",
    "{ id: quality.taste, label: 味 }",
    "{ id: d, label: 空の決まり, rules: [], words: [] }",
  ];
  const lines = topics.map((topic) => `  - ${topic}\n`).join("");
  writeFileSync(file, `name: ${name}\nlabel: 自社\nversion: 1\ntopics:\n${lines}`);
  return file;
}

test("the bundled taxonomies have no topic that nothing gives, whatever encoder ships", () => {
  for (const name of ["base", "small"] as const) {
    const place = { encoder: readEncoderFolder(shippedEncoder(name)), heads: {} };
    expect(findSilentTopics(["food-maker", "tourism"], place)).toEqual([]);
  }
});

test.each([
  { why: "no head", name: "own", heads: {}, silent: ["c", "quality.taste", "d"] },
  { why: "the bundled head of its name", name: "food-maker", heads: {}, silent: ["c", "d"] },
  {
    why: "a model in the place of a head, by the names that the config gives its labels",
    name: "own",
    heads: { own: { folder: TINY_CLASSIFIER, labels: { POSITIVE: "c" } } },
    silent: ["quality.taste", "d"],
  },
])(
  "with $why, topics without a rule of their own and without a label are found",
  ({ name, heads, silent }) => {
    const file = written(name);
    const [found, ...others] = findSilentTopics([file], { ...bundled, heads });
    expect(others).toEqual([]);
    expect(found?.topics.map(({ id }) => id)).toEqual(silent);
  },
);

test("the note names file, topics and what is expected", () => {
  const file = written("own");
  expect(findSilentTopics([file], bundled).map(silentTopicsNote).join()).toBe(
    `話題の分類 ${file} … どの文にも付かない話題が 3 件あります: 分類器（c）、味（quality.taste）、空の決まり（d）。読んだもの: rules も words もなく、分類器のラベルにもない。期待: どれか一つ。書き方: docs/taxonomies.ja.md`,
  );
});
