import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { shippedEncoder } from "../../../models/encoder-folder.ts";
import { enrichRecords } from "../../../pipeline/enrich/enrich-records.ts";
import { WorkerPool } from "../../../pipeline/enrich/worker-pool.ts";
import type { RawRecord } from "../../../pipeline/schema/raw-record.ts";
import { MaskSettings } from "../../../pipeline/text/mask/mask-rules.ts";
import { originOf, rawRecord } from "../../support/kafka/sample-records.ts";

const WORKER = fileURLToPath(new URL("../../support/poison-worker.ts", import.meta.url));

test("which retry a record is stands in its result and in its dead letter; a first reading says none", async () => {
  const pool = new WorkerPool(
    1,
    {
      encoder: shippedEncoder("base"),
      taxonomies: [],
      heads: {},
      mask: MaskSettings.parse({}),
      epoch: 1,
      encodes: false,
    },
    { script: WORKER },
  );
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
