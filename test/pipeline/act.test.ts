import { expect, test } from "vitest";
import { act } from "../../pipeline/act.ts";
import { loadConfig } from "../../pipeline/config.ts";
import { openHome } from "../../pipeline/home.ts";
import { keysFromText } from "../../pipeline/keys.ts";
import type { Action } from "../../pipeline/schema/action.ts";
import { tempFolder } from "../support/temp-folder.ts";

async function openEmpty() {
  const folder = tempFolder();
  const config = loadConfig({ home: folder, file: undefined, workingFolder: folder });
  const clock = () => new Date("2026-01-05T00:00:00Z");
  const home = await openHome(config, keysFromText("ab".repeat(32)), clock);
  return {
    home,
    async authors() {
      const sql = "select author from awareness order by author";
      return (await home.warehouse.reader.runAndReadAll(sql)).getRowsJS().flat();
    },
  };
}

function noteBy(author: string): Action {
  return {
    type: "awareness-added",
    actionId: `00000000-0000-4000-8000-00000000000${author}`,
    at: "2026-01-05T00:00:00.000Z",
    voiceId: "00000000-0000-4000-8000-000000000002",
    author,
    reason: "読んで",
  };
}

test("what an earlier action left in the journal is loaded before the next", async () => {
  const { home, authors } = await openEmpty();
  await home.streams.actions.append([noteBy("1")], {});
  await act(home, noteBy("2"));
  expect(await authors()).toEqual(["1", "2"]);
  await act(home, noteBy("3"), noteBy("4"));
  expect(await authors()).toEqual(["1", "2", "3", "4"]);
  await home.close();
});

test("of actions at once each is loaded, once", async () => {
  const { home, authors } = await openEmpty();
  await Promise.all(["1", "2", "3", "4", "5"].map((author) => act(home, noteBy(author))));
  expect(await authors()).toEqual(["1", "2", "3", "4", "5"]);
  await home.close();
});
