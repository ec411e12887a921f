import { expect, test } from "vitest";
import { runBoth } from "../support/kafka/chaos.ts";
import { describeWithKafka } from "../support/kafka.ts";

const RECORDS = 5000;
const KILLS = 8;
/** Two brokers and some twenty processes start; on two quiet cores a tenth of it. */
const LONGEST_MS = 600_000;

describeWithKafka("killed on a real broker", { secure: false }, (broker) => {
  test(
    `${KILLS} kills of workers, serve and broker, which stays away for 20 s, lose and double nothing of ${RECORDS} records`,
    async () => {
      const { unkilled, killed } = await runBoth(broker, {
        records: RECORDS,
        kills: KILLS,
        seed: 7,
        outageMs: 20_000,
      });
      process.stdout.write(
        `killed: ${killed.killed.join(", ")}; twice in voc.raw ${killed.twiceInRaw}, in voc.enriched ${killed.twiceInEnriched}; lost ${unkilled.voices - killed.voices}, doubled ${killed.counted - RECORDS}; at the end ${killed.secondsToTheEnd} s after the last kill\n`,
      );
      expect(killed.killed).toHaveLength(KILLS);
      expect(killed.counted).toBe(RECORDS);
      expect(killed.rows).toEqual(unkilled.rows);
      // Else the run proves nothing.
      expect(killed.twiceInRaw).toBeGreaterThan(0);
      expect(killed.twiceInEnriched).toBeGreaterThan(killed.twiceInRaw);
    },
    LONGEST_MS,
  );
});
