import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { InputError } from "../../../../pipeline/errors.ts";
import { decodeFile } from "../../../../pipeline/intake/encoding/decode-file.ts";
import {
  type ProvenFile,
  proveEncoding,
} from "../../../../pipeline/intake/encoding/prove-encoding.ts";
import { fileBytes } from "../../../../pipeline/intake/files/byte-source.ts";
import { cp932Bytes } from "../cp932-bytes.ts";
import { japaneseBytes } from "../japanese-bytes.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();
const cp932 = new TextDecoder("shift_jis", { fatal: true });
const BOM = [0xef, 0xbb, 0xbf];
const HARD = "番号,本文\n1,①㈱髙﨑～－∥￠￥表示ソ能ｱｲｳﾞ\\~纊ⅰ\n";

async function textOf(file: ProvenFile, chunkBytes?: number): Promise<string> {
  let text = "";
  for await (const piece of decodeFile(file, chunkBytes === undefined ? {} : { chunkBytes })) {
    text += piece;
  }
  return text;
}

test.each([
  { why: "UTF-8", bytes: Buffer.from(HARD), encoding: "utf-8", bomBytes: 0 },
  {
    why: "UTF-8 with a mark, which is dropped",
    bytes: Buffer.concat([Uint8Array.from(BOM), Buffer.from(HARD)]),
    encoding: "utf-8",
    bomBytes: 3,
  },
  { why: "CP932 with NEC and IBM rows", bytes: cp932Bytes(HARD), encoding: "cp932", bomBytes: 0 },
  { why: "EUC-JP", bytes: japaneseBytes(HARD, "euc-jp"), encoding: "euc-jp", bomBytes: 0 },
  {
    why: "UTF-16 LE with a mark",
    bytes: japaneseBytes(`\ufeff${HARD}`, "utf-16le"),
    encoding: "utf-16le",
    bomBytes: 2,
  },
  {
    why: "UTF-16 BE with a mark",
    bytes: japaneseBytes(`\ufeff${HARD}`, "utf-16be"),
    encoding: "utf-16be",
    bomBytes: 2,
  },
  {
    why: "UTF-16 LE without one",
    bytes: japaneseBytes(HARD, "utf-16le"),
    encoding: "utf-16le",
    bomBytes: 0,
  },
  {
    why: "UTF-16 BE without one",
    bytes: japaneseBytes(HARD, "utf-16be"),
    encoding: "utf-16be",
    bomBytes: 0,
  },
])("the text is whole wherever reads end: $why", async ({ bytes, encoding, bomBytes }) => {
  const path = await write("hard.csv", bytes);
  for (let chunkBytes = 1; chunkBytes <= 9; chunkBytes += 1) {
    const file = await proveEncoding(await fileBytes(path), { chunkBytes });
    expect(file).toMatchObject({ encoding, bomBytes, cutOffBytes: 0, sizeBytes: bytes.length });
    expect(file.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
    expect(await textOf(file, chunkBytes)).toBe(HARD);
  }
});

test("ISO-2022-JP is told from the ASCII that it looks like, wherever reads end", async () => {
  const text = "番号,本文\n1,①㈱髙～－∥￠表示ソ能\\~纊\n";
  const path = await write("jis.csv", japaneseBytes(text, "iso-2022-jp"));
  for (let chunkBytes = 1; chunkBytes <= 9; chunkBytes += 1) {
    const file = await proveEncoding(await fileBytes(path), { chunkBytes });
    expect(file).toMatchObject({ encoding: "iso-2022-jp", cutOffBytes: 0 });
    expect(await textOf(file, chunkBytes)).toBe(text);
  }
});

test("kanji alone that are whole in both are CP932", async () => {
  const path = await write("both.csv", cp932Bytes("商品\n"));
  expect(await proveEncoding(await fileBytes(path))).toMatchObject({ encoding: "cp932" });
});

test("half-width kana that could as well be kanji of EUC-JP are shown in both, and a person says which", async () => {
  const bytes = japaneseBytes("no,memo\n1,商品不良\n", "euc-jp");
  const path = await write("either.csv", bytes);
  const refused = proveEncoding(await fileBytes(path));
  await expect(refused).rejects.toThrow(
    /cp932 なら: 1,ｾｦﾉﾊﾉﾔﾎﾉ\n {2}euc-jp なら: 1,商品不良\n.*--encoding cp932 または euc-jp/s,
  );
  const wished = await proveEncoding(await fileBytes(path), { wish: "euc-jp" });
  expect(await textOf(wished)).toBe("no,memo\n1,商品不良\n");
});

test("EUC-JP of half-width kana alone is none of the kanji that CP932 has for them", async () => {
  const bytes = japaneseBytes("no,memo\n1,ﾌｸﾛｶﾞ ﾔﾌﾞﾚﾃｲﾀ\n", "euc-jp");
  expect(cp932.decode(bytes)).toBe("no,memo\n1,捨失杓叱酌 車捨酌尺偲軸実\n");
  const path = await write("half.csv", bytes);
  expect(await proveEncoding(await fileBytes(path))).toMatchObject({ encoding: "euc-jp" });
  const kanji = await write("kanji.csv", cp932Bytes("no,memo\n1,自社\n2,車\n3,写実\n"));
  expect(await proveEncoding(await fileBytes(kanji))).toMatchObject({ encoding: "cp932" });
});

test("EUC-JP that is CP932 of half-width kana as well is told by its kana", async () => {
  const bytes = japaneseBytes("こと,その\n1,あのソースのことです\n", "euc-jp");
  expect(cp932.decode(bytes)).toContain("､ｳ､ﾈ,");
  const path = await write("euc.csv", bytes);
  expect(await proveEncoding(await fileBytes(path))).toMatchObject({ encoding: "euc-jp" });
});

test("a stray NUL makes no UTF-16 of UTF-8", async () => {
  const path = await write("nul.csv", "番号,声\n1,\0よい\n2,\0\0\0\0わるい\n");
  expect(await proveEncoding(await fileBytes(path))).toMatchObject({ encoding: "utf-8" });
});

test("the IBM rows FA–FC and NEC's copies ED–EE are the same characters", async () => {
  const path = await write(
    "ibm.csv",
    Uint8Array.from([0xfb, 0xfc, 0xee, 0xe0, 0xfa, 0xb1, 0xed, 0x95, 0x0a]),
  );
  expect(await textOf(await proveEncoding(await fileBytes(path)))).toBe("髙髙﨑﨑\n");
});

test("a bad byte after a megabyte of good UTF-8 makes the whole file CP932 or nothing", async () => {
  const good = Buffer.from("a,b\n".repeat(300_000));
  const path = await write("late.csv", Buffer.concat([good, cp932Bytes("表示\n")]));
  expect(await proveEncoding(await fileBytes(path))).toMatchObject({ encoding: "cp932" });
});

describe("half a character at the end of the file is tolerated", () => {
  test.each([
    {
      why: "one byte of あ",
      bytes: Buffer.from("声\nあ").subarray(0, -2),
      encoding: "utf-8",
      cut: 1,
    },
    {
      why: "two bytes of あ",
      bytes: Buffer.from("声\nあ").subarray(0, -1),
      encoding: "utf-8",
      cut: 2,
    },
    {
      why: "three bytes of 😀",
      bytes: Buffer.from("声\n😀").subarray(0, -1),
      encoding: "utf-8",
      cut: 3,
    },
    {
      why: "half a CP932 character",
      bytes: cp932Bytes("表示の声\n表").subarray(0, -1),
      encoding: "cp932",
      cut: 1,
    },
    {
      why: "half an EUC-JP character",
      bytes: japaneseBytes("ことばの声\n表", "euc-jp").subarray(0, -1),
      encoding: "euc-jp",
      cut: 1,
    },
    {
      why: "half an ISO-2022-JP character, with the escape before it",
      bytes: japaneseBytes("声\n表", "iso-2022-jp").subarray(0, -4),
      encoding: "iso-2022-jp",
      cut: 4,
    },
    {
      why: "an odd byte of UTF-16",
      bytes: japaneseBytes("\ufeffa,b\n声", "utf-16le").subarray(0, -1),
      encoding: "utf-16le",
      cut: 1,
    },
    {
      why: "half a pair of UTF-16",
      bytes: japaneseBytes("\ufeffa,b\n😀", "utf-16be").subarray(0, -2),
      encoding: "utf-16be",
      cut: 2,
    },
  ])("$why", async ({ bytes, encoding, cut }) => {
    const file = await proveEncoding(await fileBytes(await write("cut.csv", bytes)), {
      chunkBytes: 2,
    });
    expect(file).toMatchObject({ encoding, cutOffBytes: cut });
    expect((await textOf(file, 2)).endsWith("\ufffd")).toBe(true);
  });

  test("a lone half-width ﾃ at the end of ASCII is whole CP932, not cut UTF-8", async () => {
    const file = await proveEncoding(
      await fileBytes(await write("kana.csv", Uint8Array.from([0x61, 0x0a, 0xc3]))),
    );
    expect(file).toMatchObject({ encoding: "cp932", cutOffBytes: 0 });
  });
});

test("bytes that are neither say for each what was tried, and where it stopped", async () => {
  const bytes = Buffer.concat([
    Buffer.from("a,b\n"),
    cp932Bytes("表\n"),
    Uint8Array.from([0x31, 0x80, 0x0a]),
  ]);
  const path = await write("neither.csv", bytes);
  for (const chunkBytes of [1, 2, 3, 64]) {
    const failure = proveEncoding(await fileBytes(path), { chunkBytes });
    await expect(failure).rejects.toThrow(InputError);
    await expect(failure).rejects.toThrow(/UTF-8 としては 4 バイト目（2 行目、0x95）/);
    await expect(failure).rejects.toThrow(/CP932（Shift_JIS） としては 8 バイト目（3 行目、0x80）/);
  }
});

test("the first bad byte is the one that begins the broken character", async () => {
  const bytes = Buffer.concat([Buffer.from("声\r\nあ"), Uint8Array.from([0xe3, 0x81, 0x0a, 0x80])]);
  const failure = proveEncoding(await fileBytes(await write("broken.csv", bytes)), {
    wish: "utf-8",
  });
  await expect(failure).rejects.toThrow(/UTF-8 としては 8 バイト目（2 行目、0xE3）/);
});

test("the line of a bad byte is counted in the text, not in bytes that look like line breaks", async () => {
  const bytes = Buffer.concat([
    japaneseBytes("\ufeff《a,b》\r\n《1\n", "utf-16le"),
    Uint8Array.from([0x00, 0xdc, 0x0a, 0x00]),
  ]);
  const failure = proveEncoding(await fileBytes(await write("half.csv", bytes)));
  await expect(failure).rejects.toThrow(/UTF-16 LE としては 22 バイト目（3 行目、0x00）/);
});

test("ISO-2022-JP with a broken character is not taken for the ASCII that it looks like", async () => {
  const bytes = Buffer.concat([
    japaneseBytes("番号,声\n1,よい\n", "iso-2022-jp"),
    Uint8Array.from([0x1b, 0x24, 0x42, 0x24, 0x0a]),
  ]);
  const failure = proveEncoding(await fileBytes(await write("jis.csv", bytes)));
  await expect(failure).rejects.toThrow(/がわかりません。ISO-2022-JP（JIS） としては/);
  await expect(failure).rejects.toThrow(/3 行目/);
});

test("a description's encoding overrules what the bytes look like", async () => {
  const path = await write("either.csv", Buffer.from("é\n"));
  expect(await proveEncoding(await fileBytes(path))).toMatchObject({ encoding: "utf-8" });
  expect(await textOf(await proveEncoding(await fileBytes(path), { wish: "cp932" }))).toBe("ﾃｩ\n");
});

test("a UTF-8 mark under a description that says cp932 is a contradiction", async () => {
  const failure = proveEncoding(await fileBytes(await write("bom.csv", Uint8Array.from(BOM))), {
    wish: "cp932",
  });
  await expect(failure).rejects.toThrow(/encoding は cp932 です。auto か utf-8 に/);
});

test("a missing file and a folder are input errors that name the path", async () => {
  await expect(fileBytes("/nowhere/声.csv")).rejects.toThrow(/\/nowhere\/声\.csv/);
  await expect(fileBytes("/tmp")).rejects.toThrow(InputError);
});

test("a file that changes after it was hashed is not read on", async () => {
  const path = await write("growing.csv", "声\n");
  const file = await proveEncoding(await fileBytes(path));
  await write("growing.csv", "声\nもっと\n");
  await expect(textOf(file)).rejects.toThrow(/ファイルが変わりました/);
});
