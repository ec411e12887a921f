import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { callLogCsv, surveyWorkbook } from "../../support/files/desk-files.ts";
import { workbookBytes } from "../../support/files/workbook-bytes.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { cp932Bytes } from "../intake/cp932-bytes.ts";

test("a desk's call log goes from its description's first draft to voices, without a word of the desk's", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const [file, yaml] = [join(folder, "受付.csv"), join(folder, "相談室.yaml")];
  writeFileSync(file, cp932Bytes(callLogCsv()));
  const init = await runKizuki(["source", "init", file, "--name", "相談室", "--out", yaml], {
    home,
  });
  expect(init.code, init.stderr).toBe(0);
  for (const line of [
    "  受付日 → 受付日時（確信度 高）",
    "  受付時刻 → 受付日時（確信度 中）",
    "  お申し出内容 → お客様の言葉（原文）（確信度 高）",
    "  受付区分 → チャネル（受付の方法）（確信度 高）",
    "  JANコード → 属性（JANコード）（確信度 高）",
    "  性別 → 属性（性別）（確信度 高）",
    "  年代 → 属性（年代）（確信度 高）",
    "  電話番号 → 個人情報（取り込まない）（確信度 高）",
    "  対応内容 → 相談室の言葉（取り込まない）（確信度 高）",
    "  2 行目: 2025-07-01 09:05「袋の切り口が固くて開けにくいです。」",
    "      商品=うすしおポテト、店舗・場所=渋谷店、ロット=L250601、",
    // As it will be stored: what looks like a name is masked, and so the line is normalised.
    "  5 行目: 2025-07-03 01:30「(1)の表示が小さくて",
    "  6 行目: 本文がないので飛ばします",
    "  7 行目: 読めません（「受付日、受付時刻」: 日付として読めない）",
    "はっきりしないところ:\n  - 「受付日、受付時刻」: 日付として読めない",
    `よければ: kizuki import ${file} --source ${yaml}`,
    `kizuki.yaml の sources: に「相談室: ${yaml}」と書いておくと`,
  ]) {
    expect(init.stdout).toContain(line);
  }
  expect(init.stdout).not.toMatch(/山田|03-0000|お詫び|受付番号の列がない/);
  expect(existsSync(home)).toBe(false);
  const again = await runKizuki(["source", "init", file, "--out", yaml], { home });
  expect([again.code, again.stderr]).toEqual([
    2,
    expect.stringContaining("もうあり、中身が違います"),
  ]);

  const load = await runKizuki(["import", file, "--source", yaml, "--json"], { home });
  expect(load.code, load.stderr).toBe(0);
  expect(JSON.parse(load.stdout).files).toMatchObject([
    { rows: 5, voices: 3, skipped: 1, deadLetters: 1 },
  ]);
}, 300_000);

test("an Excel survey becomes a voice for each answer; cover and tally are told of", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const [file, yaml] = [join(folder, "調査.xlsx"), join(folder, "調査.yaml")];
  writeFileSync(file, surveyWorkbook());
  const unasked = await runKizuki(["import", file], { home });
  expect([unasked.code, unasked.stderr]).toEqual([
    3,
    expect.stringContaining("原文らしい列が 2 つあります: 「良かった点」「改善してほしい点」"),
  ]);
  const init = await runKizuki(["source", "init", file, "--name", "調査", "--out", yaml], { home });
  expect(init.code, init.stderr).toBe(0);
  expect(init.stdout).toContain("非表示の行が 1 行あります");
  expect(init.stdout).toContain("設問=良かった点、回答者=101");
  expect(readFileSync(yaml, "utf8")).toContain("# ");

  const load = await runKizuki(["import", file, "--source", yaml, "--json"], { home });
  expect(load.code, load.stderr).toBe(0);
  expect(JSON.parse(load.stdout).files).toMatchObject([
    { file: "調査.xlsx（シート「回答」）", encoding: "xlsx", rows: 6, voices: 5, skipped: 1 },
  ]);
  expect(load.stderr).toContain("シート「集計」は声の一覧に見えないので取り込みません");
  const twice = await runKizuki(["import", file, "--source", yaml, "--json"], { home });
  expect(JSON.parse(twice.stdout).files).toMatchObject([{ voices: 0, duplicates: 5 }]);
}, 300_000);

test("a draft without a column of numbers says what a row put right later becomes", async () => {
  const folder = tempFolder();
  const file = join(folder, "受付簿.csv");
  const rows = [
    "2025-07-01,せんべい,袋の切り口が固くて開けにくいです。",
    "2025-07-02,せんべい,割れていて食べられませんでした。",
  ];
  writeFileSync(file, ["受付日,商品,お申し出内容", ...rows].join("\n"));
  const options = { home: join(folder, "home") };
  const yaml = join(folder, "受付簿.yaml");
  const init = await runKizuki(["source", "init", file, "--out", yaml], options);
  expect(init.stdout).toContain(
    "注意: 受付番号の列がないので、取り込んだあとで本文を直した行は、新しい声として数えます",
  );
}, 60_000);

test("a slip of telephone calls is by telephone, its shop of purchase is a place, and what reads no row ends with 3", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const [file, yaml] = [join(folder, "電話受付票.csv"), join(folder, "票.yaml")];
  const rows = [
    "1,2025-07-01,駅前店,袋の切り口が固くて開けにくいです。",
    "2,2025-07-02,本店,味が良いです。",
  ];
  writeFileSync(file, ["受付番号,受付日,購入店舗,お申し出内容", ...rows].join("\n"));
  const init = await runKizuki(["source", "init", file, "--out", yaml], { home });
  expect(init.code, init.stderr).toBe(0);
  expect(init.stdout).toContain("購入店舗 → 店舗・場所");
  expect(init.stdout).not.toContain("はっきりしない");
  const written = readFileSync(yaml, "utf8");
  expect(written).toContain("channel: phone");
  writeFileSync(yaml, written.replace("receivedAt: 受付日", "receivedAt: 購入店舗"));
  const wrong = await runKizuki(["source", "preview", file, "--source", yaml], { home });
  expect(wrong.stderr).toContain("どれも読めません:\n  - 「購入店舗」: 日付として読めない");
  expect(wrong.code).toBe(3);
});

test("a record that comes again with other words is a voice that changed, not a new one", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const load = async (name: string, words: readonly string[]) => {
    const file = join(folder, name);
    const rows = words.map((text, index) => `${index + 1},2025-07-0${index + 1},${text}`);
    writeFileSync(file, ["受付番号,受付日,お申し出内容", ...rows].join("\n"));
    return (await runKizuki(["import", file], { home })).stdout;
  };
  const [first, second] = ["袋の切り口が固くて開けにくいです。", "味が良いので、また買います。"];
  expect(await load("a.csv", [first, second])).toContain("2 行 → 新しい声 2 件、取り込み済み 0 件");
  const again = await load("b.csv", [first, "味が薄くなりました。", "箱がつぶれていました。"]);
  expect(again).toContain("3 行 → 新しい声 1 件、変わった声 1 件、取り込み済み 1 件");
}, 300_000);

const CALLS = [
  [
    "2026-10-01 09:05",
    "T26-1001",
    "羽衣石郁",
    "090-1234-5678",
    "店頭",
    "袋の口が固くて開けにくいので困っています。",
  ],
  [
    "2026-10-02 10:15",
    "T26-1002",
    "小鳥遊琴吹",
    "090-2222-3333",
    "通販",
    "味がとても良かったので、また買います。",
  ],
  [
    "2026-10-02 11:30",
    "T26-1003",
    "羽衣石郁",
    "090-1234-5678",
    "店頭",
    "駐車場が遠くて、荷物があると大変でした。",
  ],
];
const separated = (by: string) => CALLS.map((row) => row.join(by)).join("\r\n");

test.each([
  { format: "CSV in CP932", name: "電話ログ.csv", bytes: cp932Bytes(separated(",")) },
  { format: "TSV", name: "電話ログ.txt", bytes: Buffer.from(separated("\t")) },
  {
    format: "Excel",
    name: "電話ログ.xlsx",
    bytes: workbookBytes({ sheets: [{ name: "10月", rows: CALLS }] }),
  },
])(
  "a file without a header ($format) is described by what it holds, and only its names are to write",
  async ({ name, bytes }) => {
    const folder = tempFolder();
    const home = join(folder, "home");
    const [file, yaml] = [join(folder, name), join(folder, "電話ログ.yaml")];
    writeFileSync(file, bytes);
    const bare = await runKizuki(["import", file], { home });
    expect([bare.code, bare.stderr]).toEqual([3, expect.stringContaining("見出しの行がなく")]);
    const init = await runKizuki(["source", "init", file, "--out", yaml], { home });
    expect(init.code, init.stderr).toBe(0);
    expect(init.stdout).toContain("電話番号 → 個人情報（取り込まない）（確信度 高）");
    expect(init.stdout).toContain("1 行目: 2026-10-01 09:05「袋の口が固くて");
    const draft = readFileSync(yaml, "utf8");
    expect(draft + init.stdout + bare.stderr).not.toMatch(/羽衣石|1234|琴吹/);
    writeFileSync(yaml, draft.replace(/(?<=- )3列目/, "氏名").replace(/(?<=- )5列目/, "店舗名"));
    const load = await runKizuki(["import", file, "--source", yaml, "--json"], { home });
    expect(load.code, load.stderr).toBe(0);
    expect(JSON.parse(load.stdout).files).toMatchObject([{ rows: 3, voices: 3, deadLetters: 0 }]);
    const again = await runKizuki(["import", file, "--source", yaml, "--json"], { home });
    expect(JSON.parse(again.stdout).files).toMatchObject([{ voices: 0, duplicates: 3 }]);
  },
  300_000,
);

test("a log's customers are known by the description as it is proposed: masked in the words, and found", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const [file, yaml] = [join(folder, "電話ログ.csv"), join(folder, "電話ログ.yaml")];
  const calls = [
    "2026-10-01 09:05,T26-1001,井上花子,090-1234-5678,袋の口が固くて開けにくいので困っています。井上より",
    "2026-10-02 10:15,T26-1002,佐藤一郎,非通知,味がとても良かったので、また買います。",
    "2026-10-02 11:30,T26-1003,高橋美咲,公衆電話,駐車場が遠くて、荷物があると大変でした。",
  ];
  writeFileSync(file, calls.join("\n"));
  const init = await runKizuki(["source", "init", file, "--out", yaml], { home });
  expect(init.stdout).toContain("電話番号 → 個人情報（取り込まない）（確信度 高）");
  expect(init.stdout).toContain("確かめてください: 「氏名」は、中身から人の名前や連絡先と見て");
  const load = await runKizuki(["import", file, "--source", yaml, "--json"], { home });
  expect(JSON.parse(load.stdout).files, load.stderr).toMatchObject([{ voices: 3 }]);
  const find = await runKizuki(["vault", "find", "高橋美咲", "--reason", "求め"], { home });
  expect(find.stdout, find.stderr).toContain("駐車場が遠くて");
}, 300_000);

test("a heading that names somebody is masked in the description, and told of", async () => {
  const folder = tempFolder();
  const [file, yaml] = [join(folder, "声.csv"), join(folder, "声.yaml")];
  const heads = "受付日,ご意見,090-1111-2222 の件";
  writeFileSync(file, `${heads}\n2025-07-01,袋が開けにくいので困っています,済\n`);
  const options = { home: join(folder, "home") };
  const init = await runKizuki(["source", "init", file, "--out", yaml], options);
  expect(init.code, init.stderr).toBe(0);
  expect(init.stdout).toContain("説明では【 】に伏せました");
  const written = readFileSync(yaml, "utf8");
  expect(written).toContain("【電話1】 の件");
  expect(init.stdout + written).not.toContain("1111");
}, 300_000);

test("a configured name previews, days to come are told of, and a survey's rows are counted as rows", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const [file, yaml] = [join(folder, "調査.csv"), join(folder, "調査.yaml")];
  const config = join(folder, "kizuki.yaml");
  writeFileSync(config, "sources: { 調査: ./調査.yaml }\n");
  const columns = "columns: { receivedAt: 日付, verbatim: [良かった点, 困った点] }";
  writeFileSync(yaml, `name: 調査\nchannel: survey\n${columns}\n`);
  const rows = [
    "2025-07-01,店員さんが親切でした,袋が開けにくいです",
    "2098-12-01,味が好きです,駐車場が遠いです",
  ];
  writeFileSync(file, ["日付,良かった点,困った点", ...rows].join("\n"));
  const asked = ["--config", config];
  const preview = await runKizuki([...asked, "source", "preview", file, "--source", "調査"], {
    home,
  });
  expect(preview.code, preview.stderr).toBe(0);
  expect(preview.stdout).toContain("これから先の日付の声 2 件");
  const load = await runKizuki([...asked, "import", file, "--source", "調査"], { home });
  expect(load.stdout).toContain("の 2 行（回答 4 件） → 新しい声 4 件");
  expect(load.stderr).toContain("これから先の日付の声 2 件");
}, 300_000);

test("a mail's sender is forgotten by the bare address, as somebody else is not", async () => {
  const folder = tempFolder();
  const home = join(folder, "home");
  const file = join(folder, "メール.json");
  const mail = (from: string, body: string) => ({ date: "2025-07-01T09:05:00Z", from, body });
  const mails = [
    mail("林 美咲 <Taro0@example.com>", "袋が開けにくいので困っています。"),
    mail("taro0@example.com", "味がとても良かったです。"),
    mail("森 茂 <taro1@example.com>", "駐車場が遠くて困りました。"),
  ];
  writeFileSync(file, JSON.stringify(mails));
  const load = await runKizuki(["import", file, "--json"], { home });
  expect(JSON.parse(load.stdout).files, load.stderr).toMatchObject([{ voices: 3 }]);
  const forget = ["vault", "forget", "--customer", "taro0@example.com", "--reason", "求め"];
  const forgot = await runKizuki([...forget, "--json"], { home });
  expect(forgot.code, forgot.stderr).toBe(0);
  expect(JSON.parse(forgot.stdout).voiceIds).toHaveLength(2);
}, 300_000);
