import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Action } from "../../pipeline/schema/action.ts";
import { fill, openLined } from "../support/home-with-lines.ts";
import { tempFolder } from "../support/temp-folder.ts";

const TICKING_HOME = fileURLToPath(new URL("../support/ticking-home.ts", import.meta.url));
const MONDAY = "2025-08-04T09:30:00+09:00";
const MINUTES = 60_000;
/** In the order in which the timetable makes them. */
const WEEKLY = ["2025-W31.庭園", "2025-W31.街歩き", "2025-W31.その他", "2025-W31"];
const REPORTS = [...WEEKLY, "2025-07", "2025-08-03"];

/** @returns whether it was killed; false where it came to its end */
async function tick(folder: string, { killAtFirst }: { killAtFirst: boolean }): Promise<boolean> {
  const child = spawn(process.execPath, ["--import", "tsx", TICKING_HOME, folder, MONDAY], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const others: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    if (line !== "published") others.push(line);
    else if (killAtFirst) child.kill("SIGKILL");
  }
  const [code, signal] = await ended;
  expect({ code, others }).toEqual({ code: signal === null ? 0 : null, others: [] });
  return signal === "SIGKILL";
}

async function published(folder: string): Promise<string[]> {
  const home = await openLined({ folder, clock: { now: MONDAY } });
  const names: string[] = [];
  for await (const { records } of home.streams.actions.readFrom(0)) {
    for (const record of records) {
      const action = Action.parse(record);
      if (action.type === "report-made") names.push(`${action.period} ${action.revision}`);
    }
  }
  const reader = await home.warehouse.reader.runAndReadAll(
    "select period || ' ' || revision from reports",
  );
  await home.close();
  expect(reader.getRowsJS().flat().sort()).toEqual([...names].sort());
  return names;
}

test(
  "kills behind each line's report leave every report made once, and the whole's behind its lines'",
  async () => {
    const folder = tempFolder();
    const home = await openLined({ folder, clock: { now: MONDAY } });
    await fill(home);
    await home.close();
    for (const [index, name] of WEEKLY.entries()) {
      expect(await tick(folder, { killAtFirst: true })).toBe(true);
      const names = await published(folder);
      expect(names.at(-1)).toBe(`${name} 1`);
      expect(names).toHaveLength(index + 1);
    }
    expect(await tick(folder, { killAtFirst: false })).toBe(false);
    expect(await published(folder)).toEqual(REPORTS.map((name) => `${name} 1`));
    for (const name of WEEKLY) {
      const file = join(folder, "reports", "weekly", `${name}.html`);
      expect({ file, exists: existsSync(file) }).toEqual({ file, exists: true });
    }
    expect(await tick(folder, { killAtFirst: true })).toBe(false);
  },
  10 * MINUTES,
);
