import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { prometheusMeasures } from "../../pipeline/operations/prometheus-measures.ts";
import { PROJECT } from "../support/run-kizuki.ts";

const read = (file: string) => readFileSync(join(PROJECT, file), "utf8");

const Alerts = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.enum(["page", "ticket"]) }),
          annotations: z.object({ summary: z.string() }),
        }),
      ),
    }),
  ),
});

const Dashboard = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) }),
  ),
});

const rules = Alerts.parse(parse(read("ops/prometheus/alerts.yml"))).groups.flatMap(
  (group) => group.rules,
);

/** Names of the metrics that `serve` exposes, with the endings that a histogram's series have. */
async function exposed(): Promise<Set<string>> {
  const { text } = await prometheusMeasures(() => 0).exposition();
  const names = [...text.matchAll(/^# TYPE (\w+) (\w+)/gm)].flatMap(([, name = "", type]) =>
    type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  // Given by Prometheus itself.
  return new Set([...names, "up"]);
}

function metricsIn(expression: string): string[] {
  return [
    ...expression.matchAll(/\b(kizuki_\w+|process_\w+|nodejs_\w+|up)\b(?=\{|\)|\[|\s|$)/g),
  ].map(([name]) => name);
}

test("every alert and every panel asks for metrics that serve exposes", async () => {
  const known = await exposed();
  const { panels } = Dashboard.parse(JSON.parse(read("ops/grafana/kizuki.json")));
  const expressions = [
    ...rules.map(({ expr }) => expr),
    ...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
  ];
  for (const expression of expressions) {
    const metrics = metricsIn(expression);
    expect(metrics.length, expression).toBeGreaterThan(0);
    for (const metric of metrics)
      expect(known.has(metric), `${metric} in ${expression}`).toBe(true);
  }
});

test("every metric of its own has a panel", async () => {
  const own = [...(await exposed())].filter((name) => /^kizuki_(?!.*_(sum|count)$)/.test(name));
  for (const name of own) expect(read("ops/grafana/kizuki.json")).toContain(name);
});

test.each(["docs/operations.md", "docs/operations.ja.md"])(
  "%s says what to do about every alert, and about no other",
  (file) => {
    const chapters = [...read(file).matchAll(/^### (Kizuki\w+)$/gm)].map(([, name]) => name);
    expect(chapters.sort()).toEqual(rules.map(({ alert }) => alert).sort());
  },
);

test("every metric of its own stands in both pages", async () => {
  const own = [...(await exposed())]
    .filter((name) => name.startsWith("kizuki_"))
    .map((name) => name.replace(/_(bucket|sum|count)$/, ""));
  for (const file of ["docs/operations.md", "docs/operations.ja.md"]) {
    for (const name of own) expect(read(file)).toContain(name);
  }
});

test("the units give serve longer to stop than its own deadline, and signal it alone", () => {
  for (const file of readdirSync(join(PROJECT, "ops/systemd"))) {
    const unit = read(`ops/systemd/${file}`);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(20);
    expect(unit).toMatch(/^KillMode=mixed$/m);
    expect(unit).toMatch(/^Restart=on-failure$/m);
  }
});
