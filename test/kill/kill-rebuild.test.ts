import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeBusyHome, openTourismHome } from "../support/busy-home.ts";
import { exactRowsOfHome } from "../support/home-rows.ts";
import { runKizuki } from "../support/run-kizuki.ts";
import { tempFolder } from "../support/temp-folder.ts";

/** Stages to kill at, and at which time that each is passed. */
const KILLS = [
  { at: "rebuilding", time: 1 },
  { at: "rebuilding", time: 7 },
  { at: "rows", time: 1 },
  { at: "built", time: 1 },
  { at: "kept", time: 1 },
  { at: "swapped", time: 1 },
] as const;
const MINUTES = 60_000;

test(
  `${KILLS.length} kills during rebuilds leave the old or the new warehouse, every row of it, and no half of another`,
  async () => {
    const folder = tempFolder();
    const home = join(folder, "home");
    const config = join(folder, "kizuki.yaml");
    writeFileSync(config, "taxonomies: [tourism]\n");
    await makeBusyHome(home);
    const expected = await exactRowsOfHome(home);
    const killedAt: string[] = [];
    const rebuild = (kill?: (typeof KILLS)[number]) => {
      let passed = 0;
      return runKizuki(["--config", config, "rebuild"], {
        home,
        onStage: (stage) => {
          if (stage === kill?.at) passed += 1;
          if (passed !== kill?.time) return "go on";
          passed += 1;
          killedAt.push(stage);
          return "kill";
        },
      });
    };
    for (const [index, kill] of KILLS.entries()) {
      await rebuild(kill);
      // Also as the next command finds it, which reads on from the streams.
      if (index % 2 === 0) await (await openTourismHome(home)).close();
      expect(await exactRowsOfHome(home)).toEqual(expected);
    }
    expect(killedAt).toEqual(KILLS.map(({ at }) => at));
    expect((await rebuild()).code).toBe(0);
    expect(await exactRowsOfHome(home)).toEqual(expected);
    expect(readdirSync(home).filter((name) => /\.new|\.lock/.test(name))).toEqual([]);
  },
  10 * MINUTES,
);
