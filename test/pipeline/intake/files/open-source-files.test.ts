import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { SourceFile } from "../../../../pipeline/intake/files/open-source-file.ts";
import { openSourceFiles } from "../../../../pipeline/intake/files/open-source-files.ts";
import { SourceDescription } from "../../../../pipeline/intake/source.ts";
import type { RawRecord } from "../../../../pipeline/schema/raw-record.ts";
import { workbookBytes } from "../../../support/files/workbook-bytes.ts";
import { zipBytes } from "../../../support/files/zip-bytes.ts";
import { cp932Bytes } from "../cp932-bytes.ts";
import { useTempFolder } from "../temp-folder.ts";

const write = useTempFolder();
const identityKey = Buffer.alloc(32, 7);

const source = SourceDescription.parse({
  name: "相談室",
  channel: "phone",
  columns: { id: "番号", receivedAt: "日時", verbatim: "声" },
});

const JULY = "番号,日時,声\n1,2025-07-01,袋が開けにくい\n2,2025-07-02,髙い～\n";
const AUGUST = "番号,日時,声\n3,2025-08-01,表示が小さい\n";
const WORKBOOK = workbookBytes({
  sheets: [
    {
      name: "9月",
      rows: [
        ["番号", "日時", "声"],
        [4, "2025-09-01", "味がよい"],
      ],
    },
  ],
});

type Opened = {
  readonly files: SourceFile[];
  readonly records: RawRecord[];
  readonly failures: string[];
  readonly notes: string[];
};

async function openAll(name: string, bytes: string | Uint8Array): Promise<Opened> {
  const opened: Opened = { files: [], records: [], failures: [], notes: [] };
  const path = await write(name, bytes);
  const tell = ({ file, note }: { file: string; note: string }) => {
    opened.notes.push(`${file}: ${note}`);
  };
  for await (const file of openSourceFiles(path, { source, identityKey }, tell)) {
    if (file instanceof Error) {
      opened.failures.push(file.message);
      continue;
    }
    opened.files.push(file);
    for await (const batch of file.records(0)) opened.records.push(...batch);
  }
  return opened;
}

function wordsOf({ records }: Opened): string[] {
  return records.flatMap((record) => (record.status === "ok" ? [record.voice.verbatim] : []));
}

test("what a gzip holds is the same file as the one that was packed", async () => {
  const plain = await openAll("7月.csv", cp932Bytes(JULY));
  const packed = await openAll("7月.csv.gz", gzipSync(cp932Bytes(JULY)));
  expect(wordsOf(packed)).toEqual(["袋が開けにくい", "髙い～"]);
  expect(packed.files[0]).toMatchObject({ stream: plain.files[0]?.stream, file: "7月.csv.gz" });
});

test("a gzip of two parts is read whole, and a workbook may be packed once more", async () => {
  const lines = Buffer.from(JULY);
  const parts = Buffer.concat([gzipSync(lines.subarray(0, 30)), gzipSync(lines.subarray(30))]);
  expect(wordsOf(await openAll("parts.csv.gz", parts))).toHaveLength(2);
  expect(wordsOf(await openAll("book.xlsx.gz", gzipSync(WORKBOOK)))).toEqual(["味がよい"]);
});

test("each entry of a ZIP is a file of its own, named as Windows, a Mac and the standard write names", async () => {
  const opened = await openAll(
    "まとめ.zip",
    zipBytes([
      { name: cp932Bytes("七月分/表.csv"), data: cp932Bytes(JULY), flags: 0 },
      { name: "\u30cf\u3099ック.csv", data: AUGUST, flags: 0 },
      { name: "9月.xlsx", data: WORKBOOK },
      { name: "__MACOSX/._9月.xlsx", data: "x" },
      { name: ".DS_Store", data: "x" },
      { name: "読んでください.pdf", data: "%PDF" },
      { name: "空のフォルダ/", data: "" },
    ]),
  );
  expect(opened.files.map(({ file }) => file)).toEqual([
    "まとめ.zip（七月分/表.csv）",
    "まとめ.zip（バック.csv）",
    "まとめ.zip（9月.xlsx）（シート「9月」）",
  ]);
  expect(wordsOf(opened)).toEqual(["袋が開けにくい", "髙い～", "表示が小さい", "味がよい"]);
  expect(opened.notes).toEqual(["まとめ.zip: 表でないものは取り込みません: 読んでください.pdf"]);
  const alone = await openAll("七月.csv", cp932Bytes(JULY));
  expect(opened.files[0]?.stream).toBe(alone.files[0]?.stream);
});

test("one bad entry costs itself", async () => {
  const opened = await openAll(
    "半分.zip",
    zipBytes([
      { name: "inner.zip", data: zipBytes([{ name: "a.csv", data: JULY }]) },
      { name: "秘密.csv", data: JULY, flags: 0x801 },
      { name: "短い.csv", data: JULY, claimedBytes: 10 },
      { name: "八月.csv", data: AUGUST },
    ]),
  );
  expect(wordsOf(opened)).toEqual(["表示が小さい"]);
  expect(opened.failures).toEqual([
    expect.stringContaining("inner.zip: ZIP の中の ZIP は開きません"),
    expect.stringContaining("秘密.csv: パスワードが付いています"),
    expect.stringContaining("短い.csv: 壊れているか、途中で切れています"),
  ]);
});

describe("what would fill the machine is refused", () => {
  const bomb = Buffer.alloc(70 * 1024 ** 2, "0");

  test.each([
    {
      why: "a ZIP of seventy megabytes of noughts",
      name: "bomb.zip",
      bytes: zipBytes([{ name: "a.csv", data: bomb }]),
    },
    { why: "the same as a gzip", name: "bomb.csv.gz", bytes: gzipSync(bomb) },
    {
      why: "a ZIP that says of itself that it holds five gigabytes",
      name: "five.zip",
      bytes: zipBytes(
        [1, 2].map((n) => ({ name: `${n}.csv`, data: "a", claimedBytes: 2_684_354_560 })),
      ),
    },
  ])("$why", async ({ name, bytes }) => {
    await expect(openAll(name, bytes)).rejects.toThrow(/広げると大きくなりすぎます/);
  });

  test("a ZIP of ten thousand files and one", async () => {
    const members = Array.from({ length: 10_001 }, (_, n) => ({ name: `${n}.csv`, data: "" }));
    await expect(openAll("many.zip", zipBytes(members))).rejects.toThrow(/10001 個/);
  });
});

test.each([
  {
    why: "half a gzip",
    name: "half.csv.gz",
    bytes: gzipSync(JULY.repeat(9)).subarray(0, 60),
    says: /途中で切れています/,
  },
  {
    why: "half a ZIP",
    name: "half.zip",
    bytes: zipBytes([{ name: "a.csv", data: JULY }]).subarray(0, 60),
    says: /壊れているか/,
  },
  {
    why: "a ZIP of pictures",
    name: "絵.zip",
    bytes: zipBytes([{ name: "a.png", data: "x" }]),
    says: /入っているもの: a.png/,
  },
  { why: "an empty ZIP", name: "無.zip", bytes: zipBytes([]), says: /入っているもの: なし/ },
  {
    why: "a workbook with a password",
    name: "鍵.xlsx",
    bytes: Buffer.concat([OLE(), Buffer.from("EncryptedPackage", "utf16le")]),
    says: /パスワードの付いた Excel ブックです。.*空にして保存/,
  },
  {
    why: "an XLS",
    name: "昔.xls",
    bytes: Buffer.concat([OLE(), Buffer.from("Workbook", "utf16le")]),
    says: /「Excel ブック（.xlsx）」にして/,
  },
  {
    why: "a text document",
    name: "文.docx",
    bytes: zipBytes([
      { name: "[Content_Types].xml", data: "" },
      { name: "word/document.xml", data: "" },
    ]),
    says: /Excel ブック（.xlsx、.xlsm）ではありません/,
  },
])("$why is refused with what to do", async ({ name, bytes, says }) => {
  await expect(openAll(name, bytes)).rejects.toThrow(says);
});

function OLE(): Buffer {
  return Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    Buffer.alloc(504),
  ]);
}
