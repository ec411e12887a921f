import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseYaml } from "../../pipeline/parse-yaml.ts";
import { KafkaSettings } from "../../pipeline/streams/kafka-settings.ts";
import { PROJECT, runKizuki } from "../support/run-kizuki.ts";
import { tempFolder } from "../support/temp-folder.ts";

const PAGES = ["operations.md", "operations.ja.md"];

function chapterOf(page: string): string {
  const text = readFileSync(join(PROJECT, "docs", page), "utf8");
  return /^## Kafka: .*?(?=^## )/ms.exec(text)?.[0] ?? "";
}

test("the topics that the page tells to ask for are those that the program prints", async () => {
  const ran = await runKizuki(["streams", "ensure", "--print"], { home: tempFolder() });
  expect(ran.stdout).toMatch(/^max\.message\.bytes +8388608 /m);
  const example = `$ kizuki streams ensure --print\n${ran.stdout}\`\`\`\n`;
  for (const page of PAGES) expect(chapterOf(page)).toContain(example);
});

test("the page's ways in are settings that the program takes, the same in both languages", () => {
  const [english = [], japanese] = PAGES.map((page) =>
    [...chapterOf(page).matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, yaml = ""]) => yaml),
  );
  expect(english).toHaveLength(2);
  expect(japanese).toEqual(english);
  for (const yaml of english) {
    const settings = parseYaml(yaml, "kizuki.yaml");
    expect(settings).toEqual({ kafka: expect.anything() });
    KafkaSettings.parse(Object(settings).kafka);
  }
});
