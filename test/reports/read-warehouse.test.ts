import { expect, test } from "vitest";
import { z } from "zod";
import { weekOf } from "../../pipeline/period.ts";
import { warehouseEffects } from "../../reports/read-warehouse.ts";
import { emptyWarehouse, fillWarehouse } from "../support/report-warehouse.ts";

const { from, until } = weekOf("2025-08-01");
const PREVIOUS_FROM = "2025-07-21";
const PERIODS = { previousFrom: PREVIOUS_FROM, from, until };

/** Nine weeks; every third voice was loaded later: its segments have ids far above, and stand at the end of the tables. */
async function readFilled() {
  const connection = await emptyWarehouse();
  await fillWarehouse(connection, { from: "2025-06-02", weeks: 9, voicesPerWeek: 40 });
  await connection.run(`
    create temp table late as select voice_id from voices where hash(voice_id) % 3 = 0;
    create temp table late_topics as select * replace (segment_id + 1000000 as segment_id) from segment_topics semi join late using (voice_id);
    create temp table late_segments as select * replace (segment_id + 1000000 as segment_id) from segments semi join late using (voice_id);
    delete from segment_topics where voice_id in (from late);
    delete from segments where voice_id in (from late);
    insert into segment_topics from late_topics;
    insert into segments from late_segments;
  `);
  const plain = async (sql: string) =>
    (
      await connection.runAndReadAll(sql, { previous_from: PREVIOUS_FROM, from, until })
    ).getRowsJS();
  return { effects: warehouseEffects(connection), plain };
}

const SPOKEN = `from voices join segments using (voice_id)
  where voices.received_on >= $previous_from::date and voices.received_on < $until::date`;
const PERIOD = "case when voices.received_on >= $from::date then 'this' else 'previous' end";

test("voices of a topic are those of the plain count, whenever they were loaded", async () => {
  const { effects, plain } = await readFilled();
  const { rows } = await effects.readTopicSentiment(PERIODS, "tourism");
  const counted = rows.map((row) => [
    row.period,
    row.topic,
    row.sentiment,
    row.voice_ids.length,
    [...row.voice_ids].sort(),
  ]);
  expect(counted).toEqual(
    await plain(`
      select ${PERIOD} as period, topic, segments.sentiment, count(distinct voice_id)::integer, list(distinct voice_id::varchar order by voice_id::varchar)
      from segment_topics join segments using (segment_id, voice_id) join voices using (voice_id)
      where voices.received_on >= $previous_from::date and voices.received_on < $until::date
        and $from is not null and taxonomy = 'tourism'
      group by all order by period, topic, segments.sentiment`),
  );
  expect(counted.length).toBeGreaterThan(20);
});

test("voices without a topic are those of the plain count, whenever they were loaded", async () => {
  const { effects, plain } = await readFilled();
  const { rows } = await effects.readMeasures(PERIODS, "tourism");
  const withoutTopic = rows
    .filter(({ measure }) => measure === "no_topic")
    .map(({ period, voice_count, voice_ids }) => [period, voice_count, voice_ids.length]);
  expect(withoutTopic).toEqual(
    (
      await plain(`
        select ${PERIOD} as period, count(distinct voice_id)::integer ${SPOKEN}
          and voice_id not in (select voice_id from segment_topics where taxonomy = 'tourism')
        group by all order by period`)
    ).map(([period, count]) => [period, count, count]),
  );
  expect(withoutTopic).toHaveLength(2);
});

test("a segment has its topics, whenever it was loaded", async () => {
  const { effects, plain } = await readFilled();
  const voices = await plain(
    `select voice_id::varchar ${SPOKEN} and $from is not null`.replace(
      " join segments using (voice_id)",
      "",
    ),
  );
  const ids = voices.map(([id]) => z.string().parse(id));
  const span = { from: PERIODS.previousFrom, until };
  const { rows } = await effects.readSegments(ids, span, "tourism");
  const tags = rows.map(({ voice_id, span_start, topic }) => [voice_id, span_start, topic]);
  expect(tags).toEqual(
    await plain(`
      select voice_id::varchar, segments.span_start, topic
      from voices join segments using (voice_id) left join segment_topics using (segment_id, voice_id)
      where voices.received_on >= $previous_from::date and voices.received_on < $until::date and $from is not null
      order by voice_id, segments.span_start, topic`),
  );
});

test("a voice with several negative segments counts once in the history, by week and by month", async () => {
  const { effects, plain } = await readFilled();
  const span = { from: "2025-06-02", until };
  for (const unit of ["week", "month"] as const) {
    const { rows } = await effects.readMeasuresOverTime(span, unit);
    expect(rows.map((row) => Object.values(row))).toEqual(
      await plain(`
        select date_trunc('${unit}', voices.received_on)::date::varchar as starts_on,
          count(distinct case when segments.sentiment = 'negative' then voice_id end)::integer,
          count(distinct case when segments.kind = 'complaint' then voice_id end)::integer,
          count(distinct case when segments.kind = 'praise' then voice_id end)::integer
        from voices join segments using (voice_id)
        where voices.received_on < $until::date and $from is not null and $previous_from is not null
        group by starts_on order by starts_on`),
    );
  }
});

test("of a voice that may be quoted it is known whether it holds something negative, of a topic or none", async () => {
  const { effects, plain } = await readFilled();
  await plain("delete from segment_topics where $from > $previous_from and $until > $from");
  const { rows } = await effects.readQuotableVoices({ from, until });
  const counted = await plain(
    `select voices.voice_id::varchar ${SPOKEN} and voices.received_on >= $from::date and segments.sentiment = 'negative'`,
  );
  const negative = new Set(counted.map(([id]) => id));
  expect(rows.map(({ has_negative }) => has_negative)).toEqual(
    rows.map(({ voice_id }) => negative.has(voice_id)),
  );
  expect(new Set(rows.map(({ has_negative }) => has_negative)).size).toBe(2);
});
