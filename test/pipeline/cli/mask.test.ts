import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { paint } from "../../../pipeline/cli/mask.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const ROWS = [
  "受付番号,受付日時,お申し出内容",
  "1,2025-07-30,担当の佐藤さんに090-1111-2222を伝えました",
  "2,2025-07-30,袋が開けにくい",
  "3,2025-07-30,あかね堂の桃山が固い。社員の雲居が対応",
];

describe("mask preview", () => {
  test("shows what would be masked, by the config's rules, and stores nothing", async () => {
    const folder = tempFolder();
    const file = join(folder, "声.csv");
    writeFileSync(file, `${ROWS.join("\n")}\n`);
    const config = join(folder, "kizuki.yaml");
    writeFileSync(config, "mask:\n  staffNames: [雲居]\n");
    const home = join(folder, "home");
    const ran = await runKizuki(["--config", config, "mask", "preview", file], { home });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("2 行目  担当の〔氏名:佐藤〕さんに〔電話:090-1111-2222〕を");
    expect(ran.stdout).toContain("〔氏名:雲居〕が対応");
    expect(ran.stdout).not.toContain("袋が開けにくい");
    expect(ran.stdout).toContain("声 3 件のうち 2 件で伏せます。何も保存していません。");
    expect(existsSync(home)).toBe(false);
  });

  test("a file and its description are meant from where the person stands", async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, "声.csv"), "年月日,話\n2025-07-30,担当の佐藤さんが来ました\n");
    const columns = "columns: { receivedAt: 年月日, verbatim: 話 }";
    writeFileSync(join(folder, "desk.yaml"), `name: desk\nchannel: phone\n${columns}\n`);
    const ran = await runKizuki(["mask", "preview", "声.csv", "--source", "desk.yaml"], {
      home: join(folder, "home"),
      env: { npm_lifecycle_event: "kizuki", INIT_CWD: folder },
    });
    expect(ran.code, ran.stderr).toBe(0);
    expect(ran.stdout).toContain("2 行目  担当の〔氏名:佐藤〕さんが");
  });

  test("a limit that is no number is refused", async () => {
    const folder = tempFolder();
    const ran = await runKizuki(["mask", "preview", "x.csv", "--limit", "多め"], { home: folder });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain("--limit … 読んだもの: 多め、期待: 0 以上の整数。");
  });
});

test("each class has its colour where a person sees colours", () => {
  const found = [{ kind: "氏名" as const, key: "佐藤", start: 0, end: 2 }];
  expect(paint("佐藤さん", found, true)).toBe("\u001b[30;43m氏名:佐藤\u001b[0mさん");
  expect(paint("佐藤さん", found, false)).toBe("〔氏名:佐藤〕さん");
});
