import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { reportSinceCommand } from "../../../pipeline/cli/report-since.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { openTourismHome } from "../../support/busy-home.ts";
import { fillWarehouse } from "../../support/report-warehouse.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("--since makes the reports that are missing, and no other", async () => {
  const home = await openTourismHome(tempFolder());
  const voices = { from: "2025-07-07", weeks: 4, voicesPerWeek: 12 };
  await fillWarehouse(home.warehouse.connection, voices);
  await makeReport(home, weekOf("2025-07-21"), { again: false, askedBy: "person" });
  const run = (options: Parameters<typeof reportSinceCommand.run>[1]) =>
    reportSinceCommand.run(home, options, silentReporter);
  const weekly = { job: "weekly", since: "2025-W28" } as const;
  expect(await run(weekly)).toEqual({
    made: ["2025-W28", "2025-W29", "2025-W31"],
    kept: 1,
    rewritten: [],
  });
  expect(await run(weekly)).toEqual({ made: [], kept: 4, rewritten: [] });
  await expect(run({ ...weekly, period: "2025-W27" })).rejects.toThrow(
    "--since が --period より後",
  );
  await expect(run({ ...weekly, period: "2025-W32" })).rejects.toThrow("まだ終わっていません");
  await expect(run({ ...weekly, since: "2025-W28.菓子" })).rejects.toThrow("--line に書いて");
  await expect(run({ ...weekly, line: "菓子" })).rejects.toThrow("菓子");
  await home.close();
});

test("--since writes what a kill kept from being written beside a frozen value, byte for byte", async () => {
  const home = await openTourismHome(tempFolder());
  await fillWarehouse(home.warehouse.connection, {
    from: "2025-07-07",
    weeks: 3,
    voicesPerWeek: 12,
  });
  const run = () =>
    reportSinceCommand.run(
      home,
      { job: "weekly", since: "2025-W28", period: "2025-W30" },
      silentReporter,
    );
  await run();
  const folder = join(home.config.home, "reports", "weekly");
  const contents = () =>
    readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]);
  const before = contents();
  for (const file of readdirSync(folder)) {
    if (file.startsWith("2025-W29.")) rmSync(join(folder, file));
  }
  expect(contents().length).toBeLessThan(before.length);
  expect(await run()).toEqual({ made: [], kept: 3, rewritten: ["2025-W29"] });
  expect(contents()).toEqual(before);
  const path = { home: home.config.home };
  await home.close();
  rmSync(folder, { recursive: true });
  const asked = ["report", "weekly", "--since", "2025-W28", "--period", "2025-W30"];
  const { stdout } = await runKizuki(asked, path);
  expect(stdout).toContain(
    "ファイルのなかった報告書 3 件を書き直しました: 2025-W28、2025-W29、2025-W30",
  );
});

test("--since goes with weeks and months, and with no option that says how one report is made", async () => {
  const asked = async (...args: string[]) => {
    const { code, stderr } = await runKizuki(["report", ...args], { home: tempFolder() });
    expect(code).toBe(2);
    return stderr;
  };
  expect(await asked("daily", "--since", "2025-07-01")).toContain(
    "週次（weekly）と月次（monthly）だけ",
  );
  expect(await asked("weekly", "--since", "2025-W28", "--again")).toContain("一緒に書けません");
});
