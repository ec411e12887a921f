import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const MAILS = [
  ["<k1.7f@mail.example.jp>", "袋が開けにくくて困りました"],
  ["<k2.8e@mail.example.jp>", "味がとても良かったです"],
] as const;

async function shownNumbers(home: string): Promise<string[]> {
  const warehouse = await openWarehouse(join(home, "warehouse.duckdb"));
  const sql = "select source_id from voices order by received_at";
  const rows = (await warehouse.reader.runAndReadAll(sql)).getRowsJS();
  warehouse.close();
  return rows.map(([number]) => String(number));
}

test("a number that is masked names one voice, as views show it and as the source writes it", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const [file, source] = [join(folder, "mails.jsonl"), join(folder, "mail.yaml")];
  const lines = MAILS.map(([id, body], day) =>
    JSON.stringify({ id, on: `2026-01-0${day + 1}`, body }),
  );
  writeFileSync(file, lines.join("\n"));
  writeFileSync(
    source,
    "name: mail\nchannel: mail\ncolumns: { id: id, receivedAt: on, verbatim: body }\n",
  );
  expect((await runKizuki(["import", file, "--source", source], { home })).code).toBe(0);
  const shown = await shownNumbers(home);
  expect(shown.join()).not.toContain("example.jp");
  const [first = ""] = shown;
  const reason = ["--reason", "折り返しのため"];
  const read = await runKizuki(["vault", "read", "--voice", first, ...reason], { home });
  expect(read.stdout, read.stderr).toBe(`${MAILS[0][1]}\n`);
  const byId = await runKizuki(["vault", "read", "--voice", MAILS[1][0], ...reason], { home });
  expect(byId.stdout, byId.stderr).toBe(`${MAILS[1][1]}\n`);
  const author = ["--author", "林", ...reason];
  const added = await runKizuki(["awareness", "add", "--voice", first, ...author], { home });
  expect(added.stdout, added.stderr).toContain("袋が開けにくくて");
  const forgotten = await runKizuki(["vault", "forget", "--voice", MAILS[1][0], ...reason], {
    home,
  });
  expect(forgotten.stdout, forgotten.stderr).toContain("1 件の声を消去しました");
}, 900_000);
