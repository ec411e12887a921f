import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { parseReportPeriod } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { redactWritten } from "../../../reports/frozen/redact-written.ts";
import { readKnownValue } from "../../../reports/frozen/write-report.ts";
import { fill, openLined } from "../../support/home-with-lines.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** Four reports with their charts. */
vi.setConfig({ testTimeout: 240_000 });

test("a forgotten voice goes out of a line's report and of a digest; those of other lines stay", async () => {
  const folder = tempFolder();
  const home = await openLined({ folder, clock: { now: "2025-08-04T00:00:00Z" } });
  await fill(home);
  const make = async (name: string) => {
    const period = parseReportPeriod(name);
    if (period === undefined) throw new Error(name);
    const forms = ["json", "html", "md"] as const;
    const { files } = await makeReport(home, period, { again: false, askedBy: "person", forms });
    return readKnownValue(period, readFileSync(files.at(-1) ?? "", "utf8"));
  };
  const line = await make("2025-W31.庭園");
  const [id = ""] = figureOf(line.figures, "all").voiceIds;
  const { receivedOn = "" } = line.voices[id] ?? {};
  for (const name of ["2025-W31", "2025-W31.街歩き", receivedOn]) await make(name);
  const written = () =>
    ["weekly", "daily"].flatMap((job) =>
      readdirSync(join(folder, "reports", job)).map((file) => ({
        file,
        contents: readFileSync(join(folder, "reports", job, file), "utf8"),
      })),
    );
  const ofOther = () => written().filter(({ file }) => file.startsWith("2025-W31.街歩き"));
  const before = ofOther();
  await redactWritten(home, new Set([id]));
  expect(ofOther()).toEqual(before);
  expect(before).toHaveLength(4);
  const files = written().map(({ file }) => file);
  expect(files).toEqual(expect.arrayContaining(["2025-W31.庭園.html", `${receivedOn}.html`]));
  expect(files).not.toContain("2025-W31.庭園.md");
  const left = written().filter(({ file }) => !file.startsWith("2025-W31.街歩き"));
  for (const { file, contents } of left.filter((one) => one.file.endsWith(".json"))) {
    const report: unknown = JSON.parse(contents);
    expect(report, file).toMatchObject({ voices: { [id]: { text: "（消去された声です）" } } });
  }
  await home.close();
});
