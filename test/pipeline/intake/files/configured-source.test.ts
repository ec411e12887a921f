import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SourceDescription } from "../../../../pipeline/intake/source.ts";
import { openOne } from "../../../support/open-one.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

const header = ["受付番号", "受付日時", "お申し出内容"];
const described = (name: string) =>
  SourceDescription.parse({
    name,
    channel: "phone",
    header,
    columns: { id: "受付番号", receivedAt: "受付日時", verbatim: "お申し出内容" },
  });

async function opened(columns: readonly string[], configured: readonly SourceDescription[]) {
  const path = join(tempFolder(), "電話ログ12月.csv");
  const cells = {
    受付番号: "a",
    受付日時: "2026-11-02",
    お申し出内容: "袋が開けにくいです",
    店舗: "東",
  };
  const row = columns.map((column) => Object.entries(cells).find(([name]) => name === column)?.[1]);
  writeFileSync(path, [columns.join(","), row.join(",")].join("\n"));
  const { source, notes } = await openOne(path, { identityKey: Buffer.alloc(32), configured });
  return { name: source?.name, channel: source?.channel, said: notes.join() };
}

test("a file with a configured source's header is that source's, in any order of columns", async () => {
  const read = await opened(header.toReversed(), [described("電話ログ")]);
  expect(read).toMatchObject({ name: "電話ログ", channel: "phone" });
  expect(read.said).toContain("取り込み元「電話ログ」として読みます");
});

test.each([
  { why: "it has a column more", columns: [...header, "店舗"], names: ["電話ログ"] },
  { why: "two sources have that header", columns: header, names: ["電話ログ", "窓口"] },
])("it is nobody's where $why", async ({ columns, names }) => {
  expect((await opened(columns, names.map(described))).name).not.toMatch(/^(?:電話ログ|窓口)$/);
});
