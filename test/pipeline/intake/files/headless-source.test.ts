import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSourceFiles } from "../../../../pipeline/intake/files/open-source-files.ts";
import { SourceDescription } from "../../../../pipeline/intake/source.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const described = (name: string, names: string[], verbatim = "内容") =>
  SourceDescription.parse({
    name,
    channel: "phone",
    names,
    columns: { receivedAt: "日時", verbatim },
  });
const LOG = described("電話ログ", ["日時", "番号", "内容"]);
const ROWS = [
  "2026-11-02 9:05,T-1,袋が開けにくくて困りました。",
  "2026-11-02 9:40,T-2,味がとてもよかったです。",
  "2026-11-03 10:15,T-3,どこで買えますか。",
];

async function opened(rows: readonly string[], sources: readonly SourceDescription[]) {
  const path = join(tempFolder(), "通話.csv");
  writeFileSync(path, rows.join("\n"));
  const configured = sources.map((source) => ({ key: source.name, source }));
  const options = { identityKey: Buffer.alloc(32), configured };
  const told: string[] = [];
  for await (const file of openSourceFiles(path, options, ({ note }) => told.push(note))) {
    if (file instanceof Error) throw file;
    const records = [];
    for await (const batch of file.records(0)) records.push(...batch);
    const words = records.map((one) => (one.status === "ok" ? one.voice.verbatim : one.status));
    return { name: file.source?.name, words, said: [...told, ...file.notes].join() };
  }
  throw new Error("nothing");
}

test("a file without a header is the one configured source's that has its columns", async () => {
  const others = [
    described("列が多い", ["日時", "番号", "店", "内容"]),
    described("日時が後", ["番号", "日時", "内容"]),
    described("内容が番号", ["日時", "内容", "番号"]),
    SourceDescription.parse({ ...LOG, names: undefined, name: "見出しあり" }),
  ];
  const { name, words, said } = await opened(ROWS, [...others, LOG]);
  expect({ name, words }).toEqual({
    name: "電話ログ",
    words: ROWS.map((row) => row.split(",")[2]),
  });
  expect(said).toContain("取り込み元「電話ログ」として読みます");
});

test("where two sources have its columns, or none, it is refused with the commands, and quotes no cell", async () => {
  const two = opened(ROWS, [LOG, described("別の 窓口", ["日時", "番号", "内容"])]);
  await expect(two).rejects.toThrow(
    /合う取り込み元が kizuki\.yaml に 2 件あり.*\n.*--source 電話ログ\n.*--source '別の 窓口'$/,
  );
  await expect(opened(ROWS, [described("ほか", ["日時", "内容"])])).rejects.toThrow(
    /列の数か中身が違います.*\n.*通話\.csv --source ほか$/,
  );
  await expect(opened(ROWS, [])).rejects.toThrow(
    /見出しの行がなく[^袋]*source init で作れます）。$/,
  );
});

const TILL = SourceDescription.parse({
  name: "till",
  channel: "phone",
  names: ["受付番号", "受付日時", "お申し出内容", "商品名", "店舗"],
  columns: {
    id: "受付番号",
    receivedAt: "受付日時",
    verbatim: "お申し出内容",
    product: "商品名",
    place: "店舗",
  },
});
const rowsWith = (...kept: readonly string[]) =>
  ["袋が開けにくくて困りました。", "味がとてもよかったです。", "どこで買えますか。"].map(
    (words, row) => `${row + 1},2026-11-0${row + 2} 9:05,${words},${kept[row]}`,
  );

test.each([
  { what: "names", kept: ["山田 花子,本店", "佐藤健一様,本店", "ﾀﾅｶ ﾐｻｷ,本店"], column: "商品名" },
  {
    what: "addresses",
    kept: ["麦茶,東京都港区芝1-2-3", "麦茶,大阪府堺市北区4-5", "麦茶,"],
    column: "店舗",
  },
  { what: "telephone numbers", kept: ["09012345678,本店", "麦茶,本店", ","], column: "商品名" },
  {
    what: "mail addresses",
    kept: [",a@example.jp", ",b@example.jp", ",c@example.jp"],
    column: "店舗",
  },
])(
  "$what in a column that anybody reads are another desk's: the file is refused with the command",
  async ({ kept, column }) => {
    await expect(opened(rowsWith(...kept), [TILL])).rejects.toThrow(
      new RegExp(
        `「${column}」にあたる列の中身が、氏名・住所.*\\n.*\\n.*通話\\.csv --source till$`,
      ),
    );
  },
);

test.each([
  {
    what: "products and shops that are called like persons",
    kept: ["桜餅,山形南", "小松菜,川崎", "伊藤園,渋谷"],
  },
  { what: "codes that begin with 0", kept: ["0123456,高島屋", "0123457,松屋", "0123458,本店"] },
])("$what are no persons", async ({ kept }) => {
  expect((await opened(rowsWith(...kept), [TILL])).name).toBe("till");
});
