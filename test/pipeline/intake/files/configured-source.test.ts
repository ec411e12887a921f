import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readConfigured } from "../../../../pipeline/intake/files/configured-source.ts";
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

async function opened(columns: readonly string[], sources: readonly SourceDescription[]) {
  const configured = sources.map((source) => ({ key: source.name, source }));
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

test("it is nobody's where it has a column more", async () => {
  expect((await opened([...header, "店舗"], [described("電話ログ")])).name).not.toBe("電話ログ");
});

test("where two sources have that header it is refused, with the command for each", async () => {
  const both = [described("電話ログ"), described("本社 窓口"), described("別")];
  const reading = opened(header, both.with(2, { ...described("別"), header: ["日付"] }));
  await expect(reading).rejects.toThrow(
    /取り込み元が kizuki\.yaml に 2 件あり.*\n.*12月\.csv --source 電話ログ\n.*12月\.csv --source '本社 窓口'$/,
  );
});

test("one that is not written yet is named, and the others are read", async () => {
  const folder = tempFolder();
  const desk = join(folder, "desk.yaml");
  writeFileSync(desk, JSON.stringify(described("窓口")));
  const sources = { desk, phone: join(folder, "phone.yaml") };
  const { found, missing } = await readConfigured({ sources });
  expect(found).toEqual([{ key: "desk", source: described("窓口") }]);
  expect(missing).toEqual([expect.stringMatching(/「phone」の説明がありません（.*phone\.yaml）/)]);
});
