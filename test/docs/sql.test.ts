import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addAwareness } from "../../pipeline/cli/awareness.ts";
import { makeSnapshot } from "../../pipeline/cli/snapshot.ts";
import { openWarehouse } from "../../pipeline/warehouse/open-warehouse.ts";
import { enrichedVoice, uuidOf } from "../support/enriched-voice.ts";
import { openTestHome, publishVoices } from "../support/home-with-voices.ts";
import { PROJECT } from "../support/run-kizuki.ts";
import { tempFolder } from "../support/temp-folder.ts";

function queriesIn(file: string): string[] {
  const text = readFileSync(join(PROJECT, "docs", file), "utf8");
  return [...text.matchAll(/^```sql\n(.*?)^```$/gms)].map(([, sql = ""]) => sql);
}

/** Voices of one segment each, on the taste. */
function ofTaste(name: string, text: string) {
  const { segments } = enrichedVoice(name, text);
  const tag = { taxonomy: "food-maker", topic: "quality.taste", confidence: 0.75, why: ["味"] };
  return {
    segments: segments.map((one) => ({ ...one, topics: [{ ...tag, by: "head" as const }] })),
  };
}

test("the page's queries are the same in both languages, and each answers on a snapshot", async () => {
  const queries = queriesIn("sql.ja.md");
  expect(queries).toEqual(queriesIn("sql.md"));
  const home = await openTestHome(join(tempFolder(), "home"));
  await publishVoices(home, "2025.csv", [
    [
      "a",
      "味が薄い",
      "2025-12-30T10:00:00+09:00",
      { product: "煎餅", ...ofTaste("a", "味が薄い") },
    ],
    [
      "b",
      "味が濃い",
      "2025-12-31T23:30:00+09:00",
      { product: "煎餅", ...ofTaste("b", "味が濃い") },
    ],
    ["c", "袋がよい", "2026-01-01T00:30:00+09:00", { sentiment: "positive" }],
  ]);
  const at = home.clock();
  await addAwareness(home, { voice: uuidOf("a"), author: "林", reason: "三件目です", at });
  const { file } = await makeSnapshot(home);
  await home.close();
  const snapshot = await openWarehouse(file);
  const [comments, ...answers] = await Promise.all(
    queries.map(async (sql) => (await snapshot.reader.runAndReadAll(sql)).getRowsJson()),
  );
  snapshot.close();
  expect(comments?.length).toBeGreaterThan(200);
  expect(answers).toEqual([
    [
      ["2025-12-29", "煎餅", "2", "2"],
      ["2025-12-29", "（商品なし）", "1", "0"],
    ],
    [
      ["2025-12-01", "food-maker", "味・品質", "味・風味", "2", 100],
      ["2026-01-01", "tourism", null, null, "1", 100],
    ],
    [
      ["2025-12-31", "煎餅", "味が濃い", "味が濃い", 0.75, "head"],
      ["2025-12-30", "煎餅", "味が薄い", "味が薄い", 0.75, "head"],
    ],
    [["味が", "2"]],
    [["2025-12-30", "味が薄い", "林", "三件目です", null, null]],
  ]);
});
