import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Annotation } from "../../pipeline/annotation.ts";
import { loadConfig } from "../../pipeline/config.ts";
import { openHome } from "../../pipeline/home.ts";
import { keysFromText } from "../../pipeline/keys.ts";
import { tempFolder } from "../support/temp-folder.ts";

function open(home: string, key = "ab") {
  const config = loadConfig({ home, file: undefined, workingFolder: home });
  return openHome(config, keysFromText(key.repeat(32)), () => new Date("2026-01-05T00:00:00Z"));
}

test("a raw stream that lost its end is refused: new voices would take the places of enriched ones", async () => {
  const folder = tempFolder();
  const home = await open(folder);
  await home.streams.raw.append([{ a: 1 }], {});
  const skip = {
    status: "skip",
    origin: { stream: "s", source: "s", file: "f", offset: 0, row: 2 },
    reason: "empty verbatim",
  };
  await home.streams.enriched.append([skip], { rawNext: 1 });
  await home.close();
  const raw = join(folder, "log", "voc.raw");
  const file = join(raw, readdirSync(raw)[0] ?? "");
  truncateSync(file, statSync(file).size - 1);
  await expect(open(folder)).rejects.toThrow("voc.raw が欠けています");
});

test("with another key a home can be read, but nothing can be taken in", async () => {
  const folder = tempFolder();
  await (await open(folder)).close();
  const other = await open(folder, "cd");
  expect(() => other.identityKey()).toThrow("別の鍵");
  await other.close();
});

test("a home file that was cut short is told by its name", async () => {
  const folder = tempFolder();
  await (await open(folder)).close();
  writeFileSync(join(folder, "home.json"), "");
  await expect(open(folder)).rejects.toThrow("home.json が読めません");
});

test("what was published and not loaded is loaded at the next opening", async () => {
  const folder = tempFolder();
  const home = await open(folder);
  const action = {
    type: "awareness-added",
    actionId: "00000000-0000-4000-8000-000000000001",
    at: "2026-01-05T00:00:00.000Z",
    voiceId: "00000000-0000-4000-8000-000000000002",
    author: "林",
    reason: "読んで",
  };
  await home.streams.actions.append([action], {});
  await home.close();
  const again = await open(folder);
  const reader = await again.warehouse.reader.runAndReadAll("select author from awareness");
  expect(reader.getRowsJS()).toEqual([["林"]]);
  await again.close();
});

test("an annotation on a topic that no taxonomy has is refused with the topics there are", async () => {
  const folder = tempFolder();
  const config = loadConfig({ home: folder, file: undefined, workingFolder: folder });
  const about = (topic: string) => [
    Annotation.parse({ date: "2025-07-10", label: "自主回収", topic }),
  ];
  const open = (topic: string) =>
    openHome(
      { ...config, annotations: about(topic) },
      keysFromText("ab".repeat(32)),
      () => new Date(),
    );
  await expect(open("quality.spoilt")).rejects.toThrow(
    /「自主回収」の topic がわかりません。読んだもの: quality.spoilt、.*quality\.spoilage（カビ・腐敗）/s,
  );
  await (await open("quality.spoilage")).close();
});
