import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addAwareness } from "../../../pipeline/cli/awareness.ts";
import { cleanFiles } from "../../../pipeline/cli/vault-forget.ts";
import type { Home } from "../../../pipeline/home.ts";
import { warehousePath } from "../../../pipeline/home.ts";
import { weekOf } from "../../../pipeline/period.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { BUSY_NOW, makeBusyHome, openTourismHome } from "../../support/busy-home.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { exactRowsOfHome } from "../../support/home-rows.ts";
import { rebuildHome } from "../../support/rebuild-home.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";

/** Of the last week; it is quoted, listed and has a comment. */
const VOICE = "v29";
const WORDS = "29番の声で、駐車場が遠いです";
const WEEK = weekOf("2025-07-28");

const folder = sharedFolder();
const home = join(folder, "home");
let figuresBefore: unknown;
beforeAll(async () => {
  await makeBusyHome(home);
  const opened = await openTourismHome(home);
  await addAwareness(opened, { voice: VOICE, author: "林", reason: `${WORDS}と`, at: BUSY_NOW });
  const forms = ["html", "md", "xlsx", "json"] as const;
  await makeReport(opened, WEEK, { again: true, askedBy: "person", forms });
  const before = { again: false, askedBy: "person", forms: ["html", "md"] } as const;
  await makeReport(opened, weekOf("2025-07-14"), before);
  expect(written().join()).toContain(WORDS);
  figuresBefore = figures();
  await forget(opened, "pseudonymise");
  await opened.close();
});
afterAll(() => removeFolder(folder));

async function forget(opened: Home, mode: "pseudonymise" | "delete"): Promise<void> {
  const by = { mode, author: "林", reason: "本人の求め" };
  await forgetVoices(opened, [uuidOf(VOICE), uuidOf("v800")], by);
  await cleanFiles(opened);
}

function written(): string[] {
  return ["weekly", "monthly"].flatMap((job) => {
    const reports = join(home, "reports", job);
    return readdirSync(reports).map((file) => readFileSync(join(reports, file), "utf8"));
  });
}

function figures(): unknown {
  const value = readFileSync(join(home, "reports", "weekly", `${WEEK.name}.json`), "utf8");
  const { figures, keyFigures, topics, revision } = JSON.parse(value);
  return { figures, keyFigures, topics, revision };
}

test("in reports that were written a forgotten voice's words, and what was said of it, give way to a notice; figures stay", () => {
  for (const text of written()) expect(text).not.toContain(WORDS);
  const html = readFileSync(join(home, "reports", "weekly", `${WEEK.name}.html`), "utf8");
  expect(html).toContain("（消去された声です）");
  // Their insides are packed; the words would be in there unseen.
  const endings = readdirSync(join(home, "reports", "weekly")).map((file) => file.slice(-4));
  expect(endings).not.toContain("xlsx");
  // A week that does not list the voice, written without its value beside it, is left alone.
  const other = readdirSync(join(home, "reports", "weekly")).filter((file) =>
    /^2025-W29/.test(file),
  );
  expect(other.toSorted()).toEqual([
    "2025-W29.html",
    "2025-W29.json",
    "2025-W29.md",
    "2025-W29.voices.html",
  ]);
  expect(figures()).toEqual(figuresBefore);
});

test("a frozen report that is asked for again, or made anew, does not say the words", async () => {
  const opened = await openTourismHome(home);
  const frozen = await makeReport(opened, WEEK, { again: false, askedBy: "person" });
  expect(frozen).toMatchObject({ wasFrozen: true });
  for (const text of written()) expect(text).not.toContain(WORDS);
  await makeReport(opened, WEEK, { again: true, askedBy: "person" });
  for (const text of written()) expect(text).not.toContain(WORDS);
  await opened.close();
});

test("a rebuild gives the same rows of all tables: no forgotten voice comes back", async () => {
  const before = await exactRowsOfHome(home);
  await rebuildHome(home);
  expect(await exactRowsOfHome(home)).toEqual(before);
  // What was deleted stood in free blocks until now.
  expect(readFileSync(warehousePath(home)).includes(WORDS)).toBe(false);
});

test("a report that was built before a voice was forgotten and frozen behind it does not say the words", async () => {
  const opened = await openTourismHome(home);
  const value = JSON.stringify({ voices: { [uuidOf(VOICE)]: { text: WORDS, segments: [] } } });
  const action = { type: "report-made", actionId: uuidOf("late"), at: BUSY_NOW.toISOString() };
  const report = { job: "weekly", period: "2024-W01", revision: 1, askedBy: "person", value };
  await opened.streams.actions.append([{ ...action, ...report }], {});
  await opened.loader.loadActions(opened.streams.actions);
  const reader = await opened.warehouse.reader.runAndReadAll(
    "select value from reports where period = '2024-W01'",
  );
  expect(String(reader.getRowsJS()[0]?.[0])).not.toContain(WORDS);
  await opened.close();
});
