import { expect, test } from "vitest";
import { detectPhones } from "../../../../pipeline/text/mask/detect-phones.ts";

test.each([
  {
    why: "a false start",
    text: "090の、ちょっと待って老眼鏡、090の0772の、4819",
    parts: ["090", "090の0772の、4819"],
  },
  {
    why: "a search for the rest",
    text: "0467の、次なんやったかな、01の2638や",
    parts: ["0467の、次なんやったかな、01の2638"],
  },
  { why: "an area by its name", text: "市外局番は0263、番号は01-7792", parts: ["0263", "01-7792"] },
  { why: "three last digits", text: "携帯は下3桁が417", parts: ["417"] },
  { why: "an end put right", text: "電話は03-0123-4567、あ、違う、4568", parts: ["4568"] },
  { why: "a number not remembered", text: "電話は090-0なんとか", parts: ["090-0"] },
  {
    why: "a mobile number with sentences in it",
    text: "最初が080。次にゼロ六が二つ、0606、しまいが4173やね",
    parts: ["080。次にゼロ六が二つ、0606、しまいが4173"],
  },
  {
    why: "digits as a machine hears them",
    text: "03 1 0 5 0 の 7 2 3 8で",
    parts: ["03 1 0 5 0 の 7 2 3 8"],
  },
  {
    why: "a number from behind",
    text: "電話は下から言うと7740、真ん中0153",
    parts: ["7740", "0153"],
  },
  {
    why: "a digit put right",
    text: "電話は090-0551-2347です。すみません最後は7じゃなくて1です",
    parts: ["7じゃなくて1"],
  },
  {
    why: "an extension behind the call",
    text: "電話は0852-00-2200、つながったら#のあと317です",
    parts: ["、つながったら#のあと317"],
  },
  { why: "the end of somebody's telephone", text: "登録は...7753の携帯です", parts: ["...7753"] },
  { why: "words for the marks", text: "03棒0123棒4567", parts: ["03棒0123棒4567"] },
])("$why is found", ({ text, parts }) => {
  const found = detectPhones(text).map(({ start, end }) => text.slice(start, end));
  expect(found).toEqual(expect.arrayContaining(parts));
});

test.each([
  "電話は10時から、予約は2024年から",
  "03番の席で、1234円の品を5678個",
  "電話で聞いた最後は2024年でした",
  "番号の最後は忘れました",
  "番号札は3 1 2 の 順、電話で10 20 30 40を",
  "電話した日は下の4月4日、中は5000円を3000円に",
])("no part of a number: %s", (text) => {
  expect(detectPhones(text)).toEqual([]);
});

test.each([
  "03あ",
  "090の、",
  "下3桁が1",
  "1234じゃな",
  "0",
  "03、1234、",
  "zero",
  "局番01-",
  "0 1の",
  "090。1234、",
  "これの1が",
])("20,000 units of %j are read at once", (piece) => {
  const text = `電話03-0123-4567 ${piece.repeat(20_000 / piece.length)}`;
  const started = performance.now();
  detectPhones(text);
  expect(performance.now() - started).toBeLessThan(2_000);
});
