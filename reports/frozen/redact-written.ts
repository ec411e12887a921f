import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Home } from "../../pipeline/home.ts";
import { parsePeriod, type ReportPeriod } from "../../pipeline/period.ts";
import { redactReport } from "../../pipeline/vault/redact-report.ts";
import { newestReport } from "./make-report.ts";
import { readValue, USUAL_FORMS, writeReport } from "./write-report.ts";
import { removeVoices } from "./write-voices.ts";

/**
 * Takes the words of some voices out of the reports that were written, those of running periods too. The pages are
 * rendered again; the other forms go, and `report --format` makes them again.
 */
export async function redactWritten(home: Home, voiceIds: ReadonlySet<string>): Promise<void> {
  removeVoices(home);
  for (const { folder, period } of writtenReports(home)) {
    const path = join(folder, `${period.name}.json`);
    const value = existsSync(path)
      ? readFileSync(path, "utf8")
      : (await newestReport(home, period))?.value;
    const redacted = value === undefined ? undefined : redactReport(value, voiceIds);
    // What the warehouse has is without the words already; whose they were, it still says.
    if (value !== undefined && redacted === value && !listsOne(value, voiceIds)) continue;
    removeReport(folder, period);
    const report = readValue(period, redacted);
    if (redacted === undefined || report === undefined) continue;
    await writeReport(home, period, { report, value: redacted }, { forms: USUAL_FORMS });
  }
}

const Listing = z.object({
  voices: z.record(z.string(), z.unknown()),
  unlisted: z.string().default(""),
});

function listsOne(value: string, voiceIds: ReadonlySet<string>): boolean {
  const { voices, unlisted } = Listing.parse(JSON.parse(value));
  return [...Object.keys(voices), ...unlisted.split(",")].some((id) => voiceIds.has(id));
}

function writtenReports({ config }: Home): { folder: string; period: ReportPeriod }[] {
  return (["weekly", "monthly", "daily"] as const).flatMap((job) => {
    const folder = join(config.home, "reports", job);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const names = new Set(files.map(periodNameOf));
    return [...names]
      .map((name) => parsePeriod(job, name))
      .flatMap((period) => (period === undefined ? [] : [{ folder, period }]));
  });
}

/** The name of a line's period has a dot within: 2025-W31.スナック.voices.html. */
function periodNameOf(file: string): string {
  return file.replace(/(\.voices)?\.[a-z]+(\.tmp)?$/, "");
}

function removeReport(folder: string, { name }: ReportPeriod): void {
  for (const file of readdirSync(folder).filter((one) => periodNameOf(one) === name)) {
    rmSync(join(folder, file));
  }
}
