import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Home } from "../pipeline/home.ts";
import { type Period, parsePeriod } from "../pipeline/period.ts";
import { redactReport } from "../pipeline/vault/redact-report.ts";
import { readValue, writeReport } from "./make-report.ts";

/** Renders the reports that were written again without the words of some voices, those of running periods too. */
export async function redactWritten(home: Home, voiceIds: ReadonlySet<string>): Promise<void> {
  for (const { folder, period } of writtenReports(home)) {
    const value = readFileSync(join(folder, `${period.name}.json`), "utf8");
    const redacted = redactReport(value, voiceIds);
    if (redacted === value) continue;
    if (readValue(period, redacted) === undefined) removeReport(folder, period);
    else writeReport(home, period, redacted);
  }
}

function writtenReports({ config }: Home): { folder: string; period: Period }[] {
  return (["weekly", "monthly"] as const).flatMap((job) => {
    const folder = join(config.home, "reports", job);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    return files
      .map((file) => (file.endsWith(".json") ? parsePeriod(job, file.slice(0, -5)) : undefined))
      .flatMap((period) => (period === undefined ? [] : [{ folder, period }]));
  });
}

/** Of an older format: nothing renders it any more. */
function removeReport(folder: string, { name }: Period): void {
  for (const file of readdirSync(folder).filter((one) => one.startsWith(`${name}.`))) {
    rmSync(join(folder, file));
  }
}
