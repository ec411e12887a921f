import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { neverStops } from "../../../pipeline/stop.ts";
import { printPdf } from "../../../reports/formats/print-pdf.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("without a browser the message says where it was looked for and how to get one", async () => {
  await expect(
    printPdf("", { chromium: undefined, giveUp: neverStops.now, knownPaths: [] }),
  ).rejects.toThrow("apt install chromium");
  await expect(
    printPdf("", { chromium: "/nowhere/chrome", giveUp: neverStops.now }),
  ).rejects.toThrow("/nowhere/chrome（ありません）");
});

test("a browser that fails is named", async () => {
  const browser = join(tempFolder(), "browser");
  writeFileSync(browser, "#!/bin/sh\nexit 3\n");
  chmodSync(browser, 0o700);
  await expect(printPdf("", { chromium: browser, giveUp: neverStops.now })).rejects.toThrow(
    `${browser} が失敗しました`,
  );
});

test("a browser that hangs is ended when the process is to end", async () => {
  const browser = join(tempFolder(), "browser");
  writeFileSync(browser, "#!/bin/sh\nexec sleep 600\n");
  chmodSync(browser, 0o700);
  const giveUp = AbortSignal.timeout(200);
  await expect(printPdf("", { chromium: browser, giveUp })).rejects.toThrow("失敗しました");
});
