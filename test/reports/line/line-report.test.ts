import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test, vi } from "vitest";
import { Annotation } from "../../../pipeline/annotation.ts";
import { REST } from "../../../pipeline/lines-config.ts";
import { parsePeriod, periodOfLine, weekOf } from "../../../pipeline/period.ts";
import { figureOf } from "../../../reports/figure.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { pasteableSql } from "../../../reports/frozen/pasteable-sql.ts";
import { lineOfProduct } from "../../../reports/line/line-cut.ts";
import { WeeklyReport } from "../../../reports/weekly/weekly-report.ts";
import { fill, openLined } from "../../support/home-with-lines.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** Several reports a test, each with its charts. */
vi.setConfig({ testTimeout: 240_000 });

const WEEK = weekOf("2025-08-01");
const ONCE = { again: false, askedBy: "person", forms: ["html", "md"] } as const;
const clock = { now: "2025-08-04T00:00:00Z" };

async function openFilled(
  lines?: Parameters<typeof openLined>[0]["lines"],
  annotations: readonly Annotation[] = [],
) {
  const home = await openLined({
    folder: tempFolder(),
    clock,
    annotations,
    ...(lines && { lines }),
  });
  await fill(home);
  return home;
}

type Home = Awaited<ReturnType<typeof openFilled>>;

async function make(home: Home, line?: string) {
  const { files } = await makeReport(home, periodOfLine(WEEK, line), ONCE);
  const [html = "", , md = "", json = ""] = files;
  const read = (path: string) => readFileSync(path, "utf8");
  return {
    names: files.map((file) => basename(file)),
    report: WeeklyReport.parse(JSON.parse(read(json))),
    html: read(html),
    md: read(md),
  };
}

const idsOf = ({ figures }: WeeklyReport) => figureOf(figures, "all").voiceIds;

test("a line's report says what the whole would say in a warehouse of its voices alone", async () => {
  const home = await openFilled();
  const line = (await make(home, "庭園")).report;
  await home.close();
  const alone = await openFilled();
  const { connection } = alone.warehouse;
  await connection.run(
    "delete from voices where not (place = '兼六園' or place like '%公園') or place is null",
  );
  for (const table of ["segments", "segment_topics", "awareness"]) {
    await connection.run(
      `delete from ${table} where voice_id not in (select voice_id from voices)`,
    );
  }
  await connection.run(
    "delete from segment_terms where segment_id not in (select segment_id from segments)",
  );
  const whole = (await make(alone)).report;
  await alone.close();
  const { questions: _own, line: _cut, period, ...said } = line;
  const { questions: _others, period: ofWhole, ...expected } = whole;
  expect(figureOf(line.figures, "all").value).toBeGreaterThan(1);
  expect(said).toEqual(expected);
  expect(period).toEqual({ ...ofWhole, name: "2025-W31.庭園", line: "庭園" });
});

test("each voice is in exactly one line or the rest; a product's name counts where it fits", async () => {
  const home = await openFilled();
  await home.warehouse.connection.run(
    "update voices set product = 'しおせんべい' where place = '東尋坊'",
  );
  const whole = (await make(home)).report;
  const lines = [];
  for (const name of ["庭園", "街歩き", REST]) lines.push((await make(home, name)).report);
  const ids = lines.map(idsOf);
  expect(ids.flat().sort()).toEqual([...idsOf(whole)].sort());
  const placesIn = (report: WeeklyReport | undefined) =>
    new Set(report === undefined ? [] : idsOf(report).map((id) => report.voices[id]?.place));
  expect(placesIn(lines[0])).toContain("東尋坊");
  expect([...placesIn(lines[1])].every((place) => place !== "兼六園")).toBe(true);
  await home.close();
});

test("it says how it was cut and where the whole is, in every form, and lies beside it", async () => {
  const home = await openFilled();
  const { names, html, md } = await make(home, "街歩き");
  expect(names).toEqual([
    "2025-W31.街歩き.html",
    "2025-W31.街歩き.voices.html",
    "2025-W31.街歩き.md",
    "2025-W31.街歩き.json",
  ]);
  expect(html).toContain("商品ライン「街歩き」の声だけを数えています。");
  expect(html).toContain("「庭園」にも当てはまる声は、そちらだけで数えています。");
  expect(html).toContain('<a href="2025-W31.html">全体の報告書</a>');
  expect(html).toContain("2025年 第31週　街歩き");
  expect(html).toContain("2025-W31.街歩き.voices.html#");
  expect(md).toContain("全体の報告書は 2025-W31.html にあります。");
  expect(html).toContain(
    "場所の名前が「兼六園」、または「ひがし茶屋街」、または「近江町市場」です。",
  );
  expect((await make(home, "庭園")).md).toContain(
    "商品の名前が「しお」で始まるもの、または場所の名前が「兼六園」、または「公園」で終わるものです。",
  );
  const rest = await make(home, REST);
  expect(rest.md).toContain("「庭園」「街歩き」のどの商品ラインにも当てはまらない声だけ");
  expect((await make(home)).md).not.toContain("この報告書の範囲");
  await home.close();
});

test("what happened to a product stands in its own line's report, what happened to all in each", async () => {
  const home = await openFilled(
    undefined,
    [
      { date: "2025-07-08", label: "新発売", product: "しお羊羹" },
      { date: "2025-07-15", label: "改装", product: "売店" },
      { date: "2025-07-22", label: "夏の催し" },
    ].map((each) => Annotation.parse(each)),
  );
  const labels = async (line?: string) =>
    (await make(home, line)).report.annotations.map(({ label }) => label);
  expect(await labels()).toEqual(["新発売", "改装", "夏の催し"]);
  expect(await labels("庭園")).toEqual(["新発売", "夏の催し"]);
  expect(await labels("街歩き")).toEqual(["夏の催し"]);
  expect(await labels(REST)).toEqual(["改装", "夏の催し"]);
  await home.close();
});

test("a name with signs of a pattern language in it stands for itself, a star for any characters", () => {
  const line = { name: "甘味", products: ["黒糖(小).*", "*餅"], places: [] };
  const of = (product: string) => lineOfProduct([line], product);
  expect(["黒糖(小).塩", "黒糖小.塩", "草餅", "餅屋"].map(of)).toEqual([
    "甘味",
    REST,
    "甘味",
    REST,
  ]);
});

test("what has nothing to say of a line is named in one sentence; of the whole it keeps its heading", async () => {
  const home = await openFilled();
  const { report, html, md } = await make(home, "庭園");
  expect(report.risingTerms.rows).toEqual([]);
  expect(html).not.toContain("<h2>増えたことば</h2>");
  expect(html).toMatch(/「増えたことば」.*には、今週載せるものがありませんでした。/);
  expect(md).not.toContain("## 増えたことば");
  expect((await make(home)).html).toContain("<h2>増えたことば</h2>");
  await home.close();
});

test("its SQL, pasted into a connection of its own, counts what is printed", async () => {
  // A name may look like a parameter of a question.
  const home = await openFilled([{ name: "庭園", products: ["$from's"], places: ["兼六園"] }]);
  await home.warehouse.connection.run(
    "update voices set product = '$from''s' where place = '東尋坊'",
  );
  const { report } = await make(home, "庭園");
  const figure = figureOf(report.figures, "all");
  const pasted = pasteableSql(figure, report.questions);
  const counted = await home.warehouse.apart(async (connection) => {
    // Twice: whoever pastes a second question has the first one's tables.
    await connection.run(pasted);
    const reader = await connection.runAndReadAll(pasted);
    return reader.getRowObjectsJS();
  });
  const own = counted.find((row) => row.period === "this" && row.measure === "all");
  expect(own?.voice_count).toBe(figure.value);
  await home.close();
});

test("a source that sent nothing about a line has arrived all the same", async () => {
  const home = await openFilled();
  await home.warehouse.connection.run("update voices set source = 'desk' where place = '東尋坊'");
  home.config.expectedSources.push("desk", "hokuriku");
  const { report } = await make(home, "庭園");
  expect(report.completeness.expected.map(({ hasArrived }) => hasArrived)).toEqual([true, true]);
  expect(report.provisional).toBe(false);
  await home.close();
});

test("a name's own percent and underscore are letters, not patterns", async () => {
  const home = await openFilled([{ name: "割引", products: ["50%_*"], places: [] }]);
  await home.warehouse.connection.run(
    "update voices set product = case place when '東尋坊' then '50%_引き' when '兼六園' then '5000円引き' end",
  );
  const { report } = await make(home, "割引");
  const products = idsOf(report).map((id) => report.voices[id]?.product);
  expect(new Set(products)).toEqual(new Set(["50%_引き"]));
  await home.close();
});

test("a line that the config does not name is refused; one that was frozen before is given", async () => {
  const home = await openFilled();
  await expect(make(home, "菓子")).rejects.toThrow("期待: 庭園、街歩き、その他");
  await make(home, "庭園");
  home.config.lines.length = 0;
  expect((await make(home, "庭園")).names.at(-1)).toBe("2025-W31.庭園.json");
  await home.close();
});

test.each([
  { name: "2025-W31.庭園", expected: { name: "2025-W31.庭園", line: "庭園", from: "2025-07-28" } },
  { name: "2025-W31.", expected: undefined },
  { name: "2025-W31.a.b", expected: undefined },
])("$name is read as a week of a line, or refused", ({ name, expected }) => {
  const period = parsePeriod("weekly", name);
  if (expected === undefined) expect(period).toBeUndefined();
  else expect(period).toMatchObject(expected);
});
