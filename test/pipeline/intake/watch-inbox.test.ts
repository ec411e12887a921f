import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { watchInbox } from "../../../pipeline/intake/watch-inbox.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("a file that is called like a report of nothing is taken in, a file's report is not", async () => {
  const folder = tempFolder();
  for (const name of ["苦情.csv.結果.txt", "調査.結果.txt"])
    writeFileSync(join(folder, name), "声");
  const taken: string[] = [];
  const takeIn = async (path: string) => {
    taken.push(path);
    return { folder: "done", report: () => "" } as const;
  };
  const stop = await watchInbox(folder, takeIn, (cause) => {
    throw cause;
  });
  await vi.waitFor(() => expect(existsSync(join(folder, "done/調査.結果.txt"))).toBe(true), 60_000);
  await stop();
  expect(taken).toEqual([join(folder, "調査.結果.txt")]);
}, 90_000);
