import { join } from "node:path";
import { expect, test } from "vitest";
import { rowsOfHome } from "../support/home-rows.ts";
import { importWithKills, writeExports } from "../support/kill-import.ts";
import { changeFile, copyProject } from "../support/project-copy.ts";
import { runKizuki } from "../support/run-kizuki.ts";
import { tempFolder } from "../support/temp-folder.ts";

const KILLS = 12;
const MINUTES = 60_000;

async function unkilled(folder: string, files: readonly string[], project?: string) {
  const home = join(folder, "unkilled");
  const { code, stderr } = await runKizuki(["import", ...files], {
    home,
    ...(project !== undefined && { project }),
  });
  expect(stderr).not.toContain("Error");
  expect(code).toBe(0);
  return await rowsOfHome(home);
}

/** A copy of the code with one thing taken out. */
function mutant(folder: string, file: string, change: (text: string) => string): string {
  const project = copyProject(folder);
  changeFile(project, file, change);
  return project;
}

test(
  `${KILLS} kills between the first and the last commit end with the rows of an unkilled import`,
  async () => {
    const folder = tempFolder();
    const files = writeExports(folder, { files: 14, rows: 40 });
    const expected = await unkilled(folder, files);
    const home = join(folder, "killed");
    const { stages } = await importWithKills({ home, files, kills: KILLS, seed: 7 });
    process.stdout.write(`killed at: ${stages.join(", ")}\n`);
    expect(stages.length).toBe(KILLS);
    expect(new Set(stages).size).toBeGreaterThan(2);
    expect(await rowsOfHome(home)).toEqual(expected);
  },
  5 * MINUTES,
);

test(
  "without the removal of duplicates the same import has other rows",
  async () => {
    const folder = tempFolder();
    const files = writeExports(folder, { files: 3, rows: 40 });
    const expected = await unkilled(folder, files);
    const project = mutant(folder, "sql/load/known_revisions.sql", (sql) =>
      sql.replace("order by", "where false\norder by"),
    );
    const home = join(folder, "mutated");
    await importWithKills({ home, files, kills: 1, seed: 3, project });
    expect(await rowsOfHome(home)).not.toEqual(expected);
  },
  3 * MINUTES,
);

test(
  "without the transaction and the set of counted records a kill between rows and offset leaves other rows",
  async () => {
    const folder = tempFolder();
    const files = writeExports(folder, { files: 4, rows: 40 });
    const expected = await unkilled(folder, files);
    const project = mutant(folder, "pipeline/warehouse/open-warehouse.ts", (code) =>
      code
        .replace('"begin transaction"', '"select 1"')
        .replace('"commit"', '"select 1"')
        .replace('"rollback"', '"select 1"'),
    );
    // The set alone would make good for a kill at just that place.
    changeFile(project, "pipeline/warehouse/loaded-records.ts", (code) =>
      code.replace("return (before & bit) === 0;", "return true;"),
    );
    const home = join(folder, "mutated");
    // The import may see for itself that it loaded more records than the file has.
    await importWithKills({ home, files, kills: 2, seed: 3, project, at: "rows" }).catch(
      (error: unknown) => expect(String(error)).toContain("行しか読み込めていません"),
    );
    expect(await rowsOfHome(home)).not.toEqual(expected);
  },
  3 * MINUTES,
);
