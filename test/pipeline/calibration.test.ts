import { linkSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readCalibration, writeCalibration } from "../../pipeline/calibration.ts";
import { tempFolder } from "../support/temp-folder.ts";

const headOf = (offset: number) => ({
  heads: { emotion: { version: "0123456789abcdef", offset, judged: 40, on: "2025-07-01" } },
});

test("a calibration takes the place of the one before whole: who has that one open reads it to its end", () => {
  const folder = tempFolder();
  const config = { calibration: join(folder, "calibration.json") };
  expect(readCalibration(config)).toEqual({ heads: {} });
  writeCalibration(config, headOf(-1));
  const open = join(folder, "open");
  linkSync(config.calibration, open);
  writeCalibration(config, headOf(-0.5));
  expect(JSON.parse(readFileSync(open, "utf8"))).toEqual(headOf(-1));
  expect(readCalibration(config)).toEqual(headOf(-0.5));
});
