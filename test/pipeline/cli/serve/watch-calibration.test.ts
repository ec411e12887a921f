import { expect, test, vi } from "vitest";
import { watchCalibration } from "../../../../pipeline/cli/serve/watch-calibration.ts";
import { silentLog } from "../../../../pipeline/log.ts";
import { silentReporter } from "../../../../pipeline/reporter.ts";
import { openTestHome } from "../../../support/home-with-voices.ts";
import { tempFolder } from "../../../support/temp-folder.ts";

test("serve says once for each number of them how many workers have another calibration", async () => {
  const home = await openTestHome(tempFolder());
  const warned: unknown[] = [];
  const lines: string[] = [];
  const news = {
    role: "serve",
    tell: () => undefined,
    tellFailure: () => undefined,
    log: { ...silentLog, warn: (...told: unknown[]) => void warned.push(told) },
    reporter: { ...silentReporter, line: (text: string) => void lines.push(text) },
    isTerminal: true,
  } as const;
  let calibrations: (string | undefined)[] = ["", undefined, "harm -0.5"];
  let looks = 0;
  const state = async () => {
    looks += 1;
    return { calibrations, lag: new Map() };
  };
  const watch = watchCalibration({ config: home.config, kafka: { state } }, news, 10);
  await vi.waitFor(() => expect(looks).toBeGreaterThan(3), 60_000);
  expect(warned).toEqual([["other-calibration", { workers: 1 }]]);
  expect(lines[0]).toContain("ここと違う校正で分類しているワーカーが 1 あります。");
  calibrations = [""];
  const before = looks;
  await vi.waitFor(() => expect(looks).toBeGreaterThan(before + 1), 60_000);
  calibrations = ["harm -0.5", "harm -0.5"];
  await vi.waitFor(() => expect(warned).toHaveLength(2), 60_000);
  expect(warned[1]).toEqual(["other-calibration", { workers: 2 }]);
  await watch.stop();
  await home.close();
});
