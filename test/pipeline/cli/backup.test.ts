import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { backUp } from "../../../pipeline/cli/backup.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { openTestHome, publishVoices } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** One pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

const WRITTEN = {
  "kizuki/kizuki.yaml":
    "theme: ../design/theme.yaml\nexposure: { file: sold.csv }\nsources: { desk: desk.yaml }\nmaster: { products: goods.csv }\n",
  "kizuki/desk.yaml": "name: desk\n",
  "kizuki/sold.csv": "product,from,until,units\n煎餅,2025-12-01,2026-01-31,1000\n",
  "kizuki/goods.csv": "code,name\nS1,草加の煎餅\n",
  "design/theme.yaml":
    "company: 菓子店\nlogo: pictures/logo.png\nsections: [{ id: days, title: 日ごと, sql: days.sql }]\n",
  "design/days.sql":
    "select received_on as day, count(*)::integer as voices from voices group by all order by day",
};

test("a home that is made again from a backup makes the report that the first one makes", async () => {
  const folder = tempFolder();
  mkdirSync(join(folder, "kizuki"));
  mkdirSync(join(folder, "design", "pictures"), { recursive: true });
  for (const [name, text] of Object.entries(WRITTEN)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "design", "pictures", "logo.png"), Buffer.from(PNG, "base64"));
  const file = join(folder, "kizuki", "kizuki.yaml");
  const home = await openTestHome(join(folder, "home"), { file });
  await publishVoices(home, "2025.csv", [["a", "駐車場が遠い", "2025-12-30T10:00:00+09:00"]]);
  const made = await backUp(home, join(folder, "backup"));
  const report = async (one: typeof home) => {
    const asked = { again: false, askedBy: "person" } as const;
    const { files } = await makeReport(one, weekOf("2025-12-30"), asked);
    return files.map((path) => readFileSync(path, "utf8"));
  };
  const before = await report(home);
  await home.close();

  const { configFolder } = z
    .object({ configFolder: z.string() })
    .parse(JSON.parse(readFileSync(join(made.folder, "backup.json"), "utf8")));
  expect(configFolder).toBe(folder);
  const again = join(folder, "again");
  cpSync(made.folder, again, { recursive: true });
  const config = join(again, "config", "kizuki", "kizuki.yaml");
  const restored = await openTestHome(again, { file: config });
  const after = await report(restored);
  await restored.close();
  expect(before.join()).toContain("data:image/png;base64");
  expect(before.join()).toContain("日ごと");
  expect(after).toEqual(before);
});
