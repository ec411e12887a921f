import { expect, onTestFinished, test } from "vitest";
import { enrichRecords } from "../../../pipeline/enrich/enrich-records.ts";
import type { RawRecord } from "../../../pipeline/schema/raw-record.ts";
import { originOf, rawRecord } from "../../support/kafka/sample-records.ts";
import { poolWithoutModels } from "../../support/pool-without-models.ts";

test("which retry a record is stands in its result and in its dead letter; a first reading says none", async () => {
  const pool = poolWithoutModels();
  onTestFinished(() => pool.close());
  const records: RawRecord[] = [
    { ...rawRecord("a", "声"), retry: 2 },
    rawRecord("b", "声"),
    { status: "reject", origin: originOf(2), reason: "unreadable date", bytes: "", retry: 1 },
  ];
  const { enriched, dead } = await enrichRecords(pool, records);
  expect(enriched.map((record) => ("retry" in record ? record.retry : "none"))).toEqual([
    2,
    "none",
    1,
  ]);
  expect(dead.map(({ retry }) => retry)).toEqual([1]);
});
