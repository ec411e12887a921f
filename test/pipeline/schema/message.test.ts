import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { STREAM_NAMES } from "../../../pipeline/schema/message.ts";
import { PROJECT, runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("docs/messages is what `kizuki streams schema` writes", async () => {
  const home = tempFolder();
  const ran = await runKizuki(["streams", "schema", "--out", home], { home });
  expect(ran.code, ran.stderr).toBe(0);
  for (const stream of STREAM_NAMES) {
    const [written, committed] = [home, join(PROJECT, "docs/messages")].map((folder) =>
      readFileSync(join(folder, `${stream}.json`), "utf8"),
    );
    expect(committed, "npm run kizuki -- streams schema").toBe(written);
  }
});
