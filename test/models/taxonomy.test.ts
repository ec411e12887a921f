import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { loadTaxonomy, parseTaxonomy } from "../../models/taxonomy.ts";
import { InputError } from "../../pipeline/errors.ts";

const bundled = (name: string) =>
  fileURLToPath(new URL(`../../models/taxonomies/${name}.yaml`, import.meta.url));

test("a leaf inherits its parent's severity unless it has its own", () => {
  const { leaves } = loadTaxonomy(bundled("food-maker"));
  expect(leaves.find(({ id }) => id === "package.damage")).toMatchObject({
    severity: 2,
    parentId: "package",
    parentLabel: "包装・開けやすさ",
  });
  expect(leaves.find(({ id }) => id === "package.opening")).toMatchObject({ severity: 1 });
  expect(leaves.map(({ position }) => position)).toEqual(leaves.map((_, index) => index));
});

test("a taxonomy of one level has leaves without parents", () => {
  const { leaves } = loadTaxonomy(bundled("tourism"));
  expect(leaves).toHaveLength(22);
  expect(leaves.every(({ parentId }) => parentId === null)).toBe(true);
});

test("everything wrong with a file is reported at once, each with its path", () => {
  const yaml = `
name: Food
label: 食品
version: 1
colour: red
topics:
  - { id: a, label: あ, severity: 9 }
  - id: b
    label: い
    topics:
      - { id: b.x, label: う, nmae: typo }
  - { id: c, label: え }
  - { id: c, label: お }
`;
  expect(messageOf(() => parseTaxonomy(yaml, "my.yaml")).split("\n")).toEqual([
    'my.yaml 2 行目 name … 読んだもの: "Food"、期待: 英小文字・数字・ハイフンの名前（jisha など）。',
    "my.yaml 5 行目 colour … この名前の項目はありません。つづりと字下げを確かめてください。",
    "my.yaml 7 行目 topics.0.severity … 読んだもの: 9、期待: 0 から 5 の整数。",
    "my.yaml 11 行目 topics.1.topics.0.nmae … この名前の項目はありません。つづりと字下げを確かめてください。",
    'my.yaml 13 行目 topics.3.id … 読んだもの: "c"、期待: ほかの話題にない記号（topics.2 にもあります）。',
  ]);
});

test.each([
  {
    why: "a rule of one list of words",
    topic: "{ id: a, label: あ, words: [[工場 見学 駐車場]] }",
    says: 'topics.0.words.0 … 読んだもの: ["工場 見学 駐車場"]、期待: 二つ以上の並び',
  },
  {
    why: "words that are no list",
    topic: "{ id: a, label: あ, words: 工場 }",
    says: 'topics.0.words … 読んだもの: "工場"、期待: 一覧で、それぞれが二つ以上の並び',
  },
  {
    why: "rules that are no list",
    topic: "{ id: a, label: あ, rules: 工場 }",
    says: 'topics.0.rules … 読んだもの: "工場"、期待: 言い回しの一覧',
  },
  {
    why: "a number as a phrase",
    topic: "{ id: a, label: あ, rules: [110] }",
    says: "topics.0.rules.0 … 読んだもの: 110、期待: 文字列。",
  },
  {
    why: "a Japanese id",
    topic: "{ id: 見学, label: 見学 }",
    says: 'topics.0.id … 読んだもの: "見学"、期待: 英小文字',
  },
  {
    why: "no label",
    topic: "{ id: a }",
    says: "topics.0.label … 読んだもの: なし、期待: 文字列。",
  },
  {
    why: "a group without topics",
    topic: "{ id: a, label: あ, topics: [] }",
    says: "topics.0.topics … 読んだもの: []、期待: 一つ以上の話題の一覧。",
  },
  { why: "a topic that is a word", topic: "見学", says: 'topics.0 … 読んだもの: "見学"、期待: ' },
  {
    why: "an indentation by tab",
    topic: "{ id: a, label: あ }\n\t- b",
    says: "6 行目 … YAML として読めません。",
  },
])(
  "$why is answered in Japanese, with line, place, what was read and what is expected",
  ({ topic, says }) => {
    const yaml = `name: own\nlabel: 自社\nversion: 1\ntopics:\n  - ${topic}\n`;
    const message = messageOf(() => parseTaxonomy(yaml, "自社.yaml"));
    expect(message).toMatch(/^自社\.yaml [56] 行目 /);
    expect(message).toContain(says);
    expect(message).not.toMatch(/Invalid|expected|Too small|undefined/);
  },
);

test.each([
  { why: "a file that is not there", read: () => loadTaxonomy("/none/such.yaml"), names: /such/ },
  { why: "a file that is not YAML", read: () => parseTaxonomy("a: [", "x.yaml"), names: /x\.yaml/ },
  {
    why: "one that is called as a head is, so that nobody could tell their judgements apart",
    read: () =>
      parseTaxonomy(
        "name: kind\nlabel: 種\nversion: 1\ntopics: [{ id: a, label: あ }]\n",
        "x.yaml",
      ),
    names: /"kind"、期待: 分類器の名前（sentiment、kind、/,
  },
  { why: "an empty file", read: () => parseTaxonomy("", "x.yaml"), names: /x\.yaml/ },
])("$why is refused by name", ({ read, names }) => {
  expect(read).toThrow(InputError);
  expect(read).toThrow(names);
});

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "";
}

test("places elsewhere may stand on several lines, with any blanks between them", () => {
  const places = "elsewhere: >-\n      店  部屋\n\n      庭　海\n";
  const yaml = `name: own\nlabel: 自社\nversion: 1\ntopics:\n  - id: a\n    label: あ\n    ${places}`;
  const [leaf] = parseTaxonomy(yaml, "自社.yaml").leaves;
  expect([...(leaf?.elsewhere ?? [])]).toEqual(["店", "部屋", "庭", "海"]);
});
