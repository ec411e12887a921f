import { expect, test } from "vitest";
import { runBoth } from "../support/kafka/chaos.ts";
import { describeWithKafka } from "../support/kafka.ts";

const RECORDS = 100_000;
const KILLS = 60;
const LONGEST_MS = 3 * 3_600_000;

describeWithKafka("chaos on a real broker", { secure: false }, (broker) => {
  test(
    `${KILLS} kills, workers that come and go every 3 s and a broker that is away for 60 s lose and double nothing of ${RECORDS} records`,
    async () => {
      const { unkilled, killed } = await runBoth(broker, {
        records: RECORDS,
        kills: KILLS,
        seed: 11,
        outageMs: 60_000,
        stormMs: 3000,
      });
      const { rows, killed: names, ...summary } = killed;
      const lost = unkilled.voices - killed.voices;
      process.stdout.write(
        `${JSON.stringify({ kills: names.length, lost, doubled: killed.counted - RECORDS, ...summary })}\n`,
      );
      expect(rows).toEqual(unkilled.rows);
      expect(killed.twiceInEnriched).toBeGreaterThan(killed.twiceInRaw);
    },
    LONGEST_MS,
  );
});
