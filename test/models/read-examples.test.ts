import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  parseLabelledTexts,
  readSegmentLines,
  readVoiceLines,
} from "../../models/read-examples.ts";

const TOPICS = new Set(["quality.taste", "price.level"]);
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kizuki-examples-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, lines.join("\n"));
  return path;
}

test("a line is separated by tabs or bars, and has several topics or none", () => {
  const path = write(
    "lines.tsv",
    "quality.taste+price.level\tpraise\tpositive\t安くて|うまい",
    "-|other|neutral|昨日買いました",
    "",
  );
  const [first, second] = readSegmentLines(path, TOPICS);
  expect(first).toEqual({
    topics: ["quality.taste", "price.level"],
    kind: "praise",
    sentiment: "positive",
    text: "安くて|うまい",
  });
  expect(second).toMatchObject({ topics: [], kind: "other", text: "昨日買いました" });
});

test("every bad line is reported at once with file, line, what was read and what was expected", () => {
  const path = write(
    "lines.tsv",
    "quality.tast\tpraise\tpositive\tうまい",
    "price.level\tpraise\tpositive\t安い",
    "price.level\tanger\tpositive\t高い",
    "一言だけ",
  );
  const read = () => readSegmentLines(path, TOPICS);
  expect(read).toThrow(/lines\.tsv:1 読んだもの: quality\.tast.*無いもの: quality\.tast/);
  expect(read).toThrow(/lines\.tsv:3 .*正しくない欄: kind/);
  expect(read).toThrow(/lines\.tsv:4 読んだもの: 一言だけ.*期待/);
});

test("JSON Lines carry one label or several", () => {
  const lines = [
    '{"text":"うまい","label":"praise"}',
    '{"text":"高い","labels":["price","value"]}',
    '{"text":"晴れ","labels":[]}',
  ];
  const labels = parseLabelledTexts(lines.join("\n"), "lines.jsonl").map((each) => each.labels);
  expect(labels).toEqual([["praise"], ["price", "value"], []]);
});

test("JSON Lines that are not are all named", () => {
  const lines = ['{"text":"うまい"}', "{", '{"text":"","label":"x"}'];
  const read = () => parseLabelledTexts(lines.join("\n"), "lines.jsonl");
  for (const line of [1, 2, 3]) expect(read).toThrow(new RegExp(`lines\\.jsonl:${line} `));
});

const SPAN = {
  sentiment: "negative",
  kind: "complaint",
  topics: [],
  emotions: ["失望"],
  intensity: 2,
  harm: false,
};
const VOICE = { channel: "post", theme: "leak", repeat: false, text: "漏れた😢 替えて" };

test("a voice is cut into its spans by code points, and each is trimmed", () => {
  const spans = [
    { ...SPAN, start: 0, end: 4 },
    { ...SPAN, kind: "request", start: 4, end: 8 },
  ];
  const path = write("voices.jsonl", JSON.stringify({ ...VOICE, spans }));
  const [voice] = readVoiceLines(path);
  expect(voice).toMatchObject({ channel: "post", theme: "leak", repeat: false });
  expect(voice?.segments).toEqual([
    { ...SPAN, text: "漏れた😢" },
    { ...SPAN, kind: "request", text: "替えて" },
  ]);
});

test.each([
  {
    why: "a gap between spans",
    spans: [
      [0, 3],
      [4, 8],
    ],
    message: /読んだもの: 0-3、4-8/,
  },
  { why: "spans past the end", spans: [[0, 9]], message: /0 から 8 文字目まで/ },
  { why: "spans that end early", spans: [[0, 7]], message: /0 から 8 文字目まで/ },
  {
    why: "a span of blanks",
    spans: [
      [0, 4],
      [4, 5],
      [5, 8],
    ],
    message: /空のもの: 2 番目/,
  },
])("$why is refused with file and line", ({ spans, message }) => {
  const cut = spans.map(([start, end]) => ({ ...SPAN, start, end }));
  const path = write("voices.jsonl", JSON.stringify({ ...VOICE, spans: cut }));
  expect(() => readVoiceLines(path)).toThrow(/voices\.jsonl:1 読んだもの/);
  expect(() => readVoiceLines(path)).toThrow(message);
});

test("a label of a span that is none is refused by its field", () => {
  const spans = [{ ...SPAN, start: 0, end: 8, emotions: ["怒"] }];
  const path = write("voices.jsonl", JSON.stringify({ ...VOICE, spans }), "{");
  expect(() => readVoiceLines(path)).toThrow(/voices\.jsonl:1 .*spans\.0\.emotions\.0/);
  expect(() => readVoiceLines(path)).toThrow(/voices\.jsonl:2 読んだもの: \{/);
});

test("a file that is not there is named", () => {
  expect(() => readVoiceLines(join(folder, "none.jsonl"))).toThrow(/none\.jsonl/);
});

test("of many bad lines the first ten are named, and how many more there are", () => {
  const read = () => parseLabelledTexts("{\n".repeat(12), "lines.jsonl");
  expect(read).toThrow(/lines\.jsonl:10 .*\nほか 2 件$/);
  expect(read).not.toThrow(/lines\.jsonl:11/);
});
