import { expect, test } from "vitest";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { findUnheeded } from "../../models/unheeded-allergy.ts";

const analyzer = await loadAnalyzer();
const found = (text: string) => findUnheeded(analyzer.analyze(text));

test.each([
  "そばアレルギーと伝えていたのに",
  "卵アレルギーだと電話で二度言ったのに、",
  "予約のときにアレルギーのことを書いておいたのに",
  "アレルギーがあるとお願いしたのに",
  "食物アレルギーを申告してあったのに忘れられていました",
  "エビアレルギーだと伝えたにもかかわらず海老が出ました",
  "アレルギーと予約の電話で伝えていたにも関わらず、",
])("「%s」 tells of an allergy that nobody heeded", (text) => {
  expect(found(text)).toBeDefined();
});

test.each([
  { text: "当日アレルギーだと言ったのに", why: "was told late: praise may follow" },
  { text: "急にアレルギーのことをお願いしたのに", why: "asks for a favour" },
  { text: "アレルギーと伝えていなかったのに", why: "was not told: praise follows" },
  { text: "アレルギーを言わなかったのに", why: "was not told: praise follows" },
  { text: "アレルギーと申告しましたが、", why: "may go on with praise" },
  { text: "アレルギーと言わなかったにもかかわらず", why: "was not told: praise follows" },
  { text: "アレルギーと伝えました", why: "tells no more than that" },
  { text: "アレルギーがあるのに", why: "does not say that it was told" },
  { text: "静かな部屋をと頼んだのに", why: "is about something else" },
  { text: "アレルギーと伝えるのに勇気が要った", why: "has another のに" },
  { text: "アレルギーと伝えて待ち、遠かったのに", why: "has something else behind it" },
])("「$text」 $why", ({ text }) => {
  expect(found(text)).toBeUndefined();
});
