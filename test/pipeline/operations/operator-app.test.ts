import { expect, test } from "vitest";
import { allMeasures, type Measures } from "../../../pipeline/measures.ts";
import { operatorApp } from "../../../pipeline/operations/operator-app.ts";
import { prometheusMeasures } from "../../../pipeline/operations/prometheus-measures.ts";

const live = { status: "idle" as const, lag: 0, stillMs: 0 };

function app(changes: Partial<Parameters<typeof operatorApp>[0]> = {}) {
  return operatorApp({
    metrics: async () => ({ type: "text/plain", text: "" }),
    live: async () => live,
    ready: async () => ({ ready: true, parts: { warehouse: true } }),
    ...changes,
  });
}

test("a stuck process is not alive, an idle one is", async () => {
  expect((await app().request("/livez")).status).toBe(200);
  const stuck = app({ live: async () => ({ ...live, status: "stuck", lag: 5 }) });
  const answer = await stuck.request("/livez");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ status: "stuck", lag: 5 });
});

test("not ready is told by the part that is not", async () => {
  const parts = { warehouse: true, models: false };
  const answer = await app({ ready: async () => ({ ready: false, parts }) }).request("/readyz");
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ ready: false, parts });
});

test("an error on the way gives nothing away", async () => {
  const broken = app({
    metrics: () => Promise.reject(new Error("カナリア")),
  });
  const answer = await broken.request("/metrics");
  expect(answer.status).toBe(503);
  expect(await answer.text()).toBe('{"error":"unavailable"}');
});

test("other paths and other methods are not found", async () => {
  expect((await app().request("/")).status).toBe(404);
  expect((await app().request("/metrics", { method: "POST" })).status).toBe(404);
});

test("what the work tells stands in the exposition, summed by step and status", async () => {
  let nowMs = 0;
  const prometheus = prometheusMeasures(() => nowMs);
  const measures: Measures = allMeasures([prometheus]);
  measures.passed("enrich", { ok: 30, dead: 2 });
  measures.passed("enrich", { ok: 10 });
  measures.passed("load", { ok: 40 });
  measures.died("enrich", 2);
  for (const outcome of ["failed", "read", "failed", "failed"] as const) {
    measures.pulled("desk", outcome);
  }
  measures.pulled("crm", "read");
  measures.encoded([3, 4, 30]);
  const end = measures.batchBegun("load");
  nowMs += 1000;
  const endOfYounger = measures.batchBegun("load");
  nowMs += 1500;
  const readings = {
    lag: new Map([["voc.raw", 7]]),
    kafka: undefined,
    databaseBytes: new Map([["wal", 12]]),
    diskFreeBytes: 99,
    inboxFiles: 1,
    jobSuccess: new Map([["weekly", 1767571200]]),
  };
  const { text } = await prometheus.exposition(async () => readings);
  for (const line of [
    'kizuki_records_total{step="enrich",status="ok"} 40',
    'kizuki_records_total{step="enrich",status="dead"} 2',
    'kizuki_records_total{step="load",status="ok"} 40',
    'kizuki_dead_letters_total{step="enrich"} 2',
    'kizuki_dead_letters_total{step="intake"} 0',
    'kizuki_encoder_seconds_bucket{le="0.005"} 2',
    "kizuki_encoder_seconds_count 3",
    'kizuki_pull_failures{source="desk"} 2',
    'kizuki_pull_failures{source="crm"} 0',
    'kizuki_batch_age_seconds{step="load"} 2.5',
    'kizuki_batch_age_seconds{step="enrich"} 0',
    'kizuki_lag_records{stream="voc.raw"} 7',
    'kizuki_database_bytes{file="wal"} 12',
    "kizuki_disk_free_bytes 99",
    "kizuki_inbox_files 1",
    'kizuki_job_last_success_timestamp_seconds{job="weekly"} 1767571200',
  ]) {
    expect(text.split("\n")).toContain(line);
  }
  end();
  endOfYounger();
  const after = await prometheus.exposition();
  expect(after.text).toContain('kizuki_batch_age_seconds{step="load"} 0\n');
});
