import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { decodeFile } from "../../../../pipeline/intake/encoding/decode-file.ts";
import { garbledBy } from "../../../../pipeline/intake/encoding/garbled.ts";
import { proveEncoding } from "../../../../pipeline/intake/encoding/prove-encoding.ts";
import { fileBytes } from "../../../../pipeline/intake/files/byte-source.ts";
import { cp932Bytes } from "../cp932-bytes.ts";

const WORDS = [
  "文字化け",
  "こんにちは",
  "袋の切り口が固くて開けにくいです。",
  "ポテト",
  "美味しかった！",
];

function readAs(encoding: string, bytes: Uint8Array): string {
  return new TextDecoder(encoding).decode(bytes);
}

describe("a text that was read by the wrong encoding is recognised, with the cause", () => {
  test.each(WORDS)("%s", (words) => {
    const utf8 = Buffer.from(words);
    expect(garbledBy(readAs("shift_jis", utf8))).toBe("UTF-8 read as CP932");
    expect(garbledBy(readAs("windows-1252", utf8))).toBe("UTF-8 read as Latin");
    expect(garbledBy(utf8.toString("latin1"))).toBe("UTF-8 read as Latin");
    expect(garbledBy(readAs("utf-8", cp932Bytes(words)))).toBe("characters lost");
  });
});

test.each([
  { garbled: "譁\ufffd蟄怜喧縺\ufffd", why: "UTF-8 read as CP932" },
  { garbled: "ã\u0081“ã‚“", why: "UTF-8 read as Latin" },
  { garbled: "､ｳ､ﾋ､ﾁ､ﾏ｡｢ﾂﾞ､ｬｸﾇ､､､ﾇ､ｹ", why: "EUC-JP read as CP932" },
  { garbled: "\u201a±\u201añ\u201a\u00c9\u201a¿\u201aÍ", why: "CP932 read as Latin" },
  { garbled: "???????????????", why: "characters lost" },
])("$garbled is $why", ({ garbled, why }) => {
  expect(garbledBy(garbled)).toBe(why);
});

test.each([
  "",
  "なんで???",
  "えっ？？？？？？",
  "髪が縺れる",
  "絵文字が\ufffd消えた",
  "ｱ､ｲ､ｳのどれか",
  "ｺﾚﾊ､ｽﾉﾏﾏﾃﾞｽ｡",
  "Café crème à São Paulo",
  "😀😀😀",
  "螟鳥という店で蝠を見た",
])("%s is no garbled text", (text) => {
  expect(garbledBy(text)).toBeUndefined();
});

test("no real voice of the demo is taken for garbled", async () => {
  const folder = join(import.meta.dirname, "../../../../pipeline/demo/voices");
  const lines: string[] = [];
  for (const name of readdirSync(folder)) {
    const proven = await proveEncoding(await fileBytes(join(folder, name)));
    for await (const text of decodeFile(proven)) lines.push(...text.split("\n"));
  }
  expect(lines.length).toBeGreaterThan(1000);
  expect(lines.filter((line) => garbledBy(line) !== undefined)).toEqual([]);
});
