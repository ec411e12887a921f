import { expect, test } from "vitest";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("help says defaults and choices in Japanese", async () => {
  const home = tempFolder();
  const [train, report] = await Promise.all([
    runKizuki(["models", "train", "--help"], { home }),
    runKizuki(["report", "--help"], { home }),
  ]);
  expect(train.stdout).toContain("（既定: text）");
  expect(report.stdout).toContain("（選択肢: weekly、monthly、daily）");
  expect(train.stdout + report.stdout).not.toMatch(/default|choices/);
});
