import { expect, test } from "vitest";
import { clearHeapAsUsual } from "../../../pipeline/heap-growth.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { amongManyEffects, MOST_BESIDE } from "../../../reports/frozen/build-report.ts";
import { warehouseEffects } from "../../../reports/read-warehouse.ts";
import type { MeasureRow } from "../../../reports/report-rows.ts";
import { emptyWarehouse } from "../../support/report-warehouse.ts";

const { from, until } = weekOf("2025-08-01");
const PERIODS = { previousFrom: "2025-07-21", from, until };

test.each([
  {
    why: "the next report is asked for beside the words of this one",
    voices: MOST_BESIDE,
    told: 1,
  },
  { why: "of more voices only once this one is built", voices: MOST_BESIDE + 1, told: 0 },
])("$why", async ({ voices, told }) => {
  const connection = await emptyWarehouse();
  const plain = warehouseEffects(connection);
  const rows: MeasureRow[] = [
    { period: "previous", measure: "all", voice_count: 1, voice_ids: [] },
    { period: "this", measure: "all", voice_count: voices, voice_ids: [] },
  ];
  const counted = {
    ...plain,
    readMeasures: async (...asked: Parameters<typeof plain.readMeasures>) => ({
      ...(await plain.readMeasures(...asked)),
      rows,
    }),
  };
  let answered = 0;
  const effects = await amongManyEffects(connection, counted, {
    line: undefined,
    answered: () => {
      answered += 1;
    },
  });
  await effects.readMeasures(PERIODS, "tourism");
  expect(answered).toBe(0);
  await effects.readWords([], { from, until }, "tourism");
  expect(answered).toBe(told);
  clearHeapAsUsual();
  connection.closeSync();
});
