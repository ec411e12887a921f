import { readFileSync } from "node:fs";
import { expect, test, vi } from "vitest";
import { addDays, parsePeriod } from "../../../pipeline/period.ts";
import { DailyReport } from "../../../reports/daily/daily-report.ts";
import { figureOf } from "../../../reports/figure.ts";
import { makeReport } from "../../../reports/frozen/make-report.ts";
import { fill, openLined } from "../../support/home-with-lines.ts";
import { tempFolder } from "../../support/temp-folder.ts";

/** Half a year of voices. */
vi.setConfig({ testTimeout: 240_000 });

const SATURDAY = "2025-08-02";
const LARGEST_PAGE_BYTES = 60 * 1024;

async function openFilled(weeks = 9) {
  const clock = { now: "2025-08-04T00:00:00Z" };
  const home = await openLined({ folder: tempFolder(), clock });
  await fill(home, weeks);
  return home;
}

type Home = Awaited<ReturnType<typeof openFilled>>;

async function make(home: Home, day: string, again = false) {
  const period = parsePeriod("daily", day);
  if (period === undefined) throw new Error(day);
  const forms = ["html", "md"] as const;
  const { files } = await makeReport(home, period, { again, askedBy: "person", forms });
  const [html = "", voices = "", md = "", json = ""] = files.map((file) =>
    readFileSync(file, "utf8"),
  );
  return { report: DailyReport.parse(JSON.parse(json)), html, voices, md };
}

test("voices that may tell of harm come first, and none is printed twice", async () => {
  const home = await openFilled();
  await home.warehouse.connection.run(
    `update segments set harm = true, harm_confidence = 0.9 where segment_id in (select min(segment_id) from segments where received_on = '${SATURDAY}')`,
  );
  const { report, html, md } = await make(home, SATURDAY);
  const [harm] = report.harm;
  expect(report.harm).toHaveLength(1);
  expect(report.quotes).toHaveLength(3);
  expect(report.quotes.map(({ voiceId }) => voiceId)).not.toContain(harm?.voiceId);
  const titles = [...md.matchAll(/^## (.*)$/gm)].map(([, title]) => title);
  expect(titles.slice(0, 3)).toEqual(["見出し", "お体への害を伝える声（推定）", "場所ごとの声"]);
  expect(md).toContain("声が1件あります（推定）。先にお読みください。");
  expect(Buffer.byteLength(html)).toBeLessThan(LARGEST_PAGE_BYTES);
  expect(html).toContain('href="2025-08-02.voices.html"');
  await home.close();
});

test("every count of the page leads to a list in the file of voices, which has as many", async () => {
  const home = await openFilled();
  await home.warehouse.connection.run(
    `update voices set place = null where place = '永平寺'; update segments set harm = true, harm_confidence = 0.9 where received_on = '${SATURDAY}'`,
  );
  const { html, voices } = await make(home, SATURDAY);
  const page = html.replace(/^.*<main>/s, "").replace(/<blockquote.*?<\/blockquote>/gs, "");
  const links = [...page.matchAll(/<a class="n" href="[^#"]*#([^"]*)">([\d,]+)件?<\/a>/g)];
  const ids = links.map(([, id]) => id);
  expect(ids).toEqual(
    expect.arrayContaining(["all", "negative", "praise", "harm", "unnamed", "subject-1"]),
  );
  // The first of each is the whole: 「ほかにN件」 is what the page had no room for.
  for (const [, id, count] of links.filter(([, id], index) => ids.indexOf(id) === index)) {
    expect(voices).toMatch(new RegExp(`<section id="${id}"><h2>[^<]*　${count}件</h2>`));
  }
  const unlinked = page.replace(/<a class="n".*?<\/a>/gs, "").replace(/<[^>]*>/g, "");
  // Of the usual level, of what is shown at most, and of alarms.
  const others = /\d+件(ほど|未満|まで)|のうち\d+件|早期の兆しが\d+件/g;
  expect(unlinked.replace(others, "").match(/\d+件/g)).toBeNull();
  await home.close();
});

test("the products' counts and the voices that name neither product nor place are the day's voices", async () => {
  const home = await openFilled();
  await home.warehouse.connection.run(
    "update voices set product = 'しおせんべい', place = null where place = '東尋坊'",
  );
  await home.warehouse.connection.run("update voices set place = null where place = '永平寺'");
  const { report, md } = await make(home, SATURDAY);
  expect(md).toContain("## 商品・場所ごとの声");
  const value = (id: string) => figureOf(report.figures, id).value;
  const { others, subjects } = report;
  const shown = subjects.reduce((sum, { figure }) => sum + value(figure), 0);
  expect(shown + others.voices + others.unnamed).toBe(value("all"));
  expect(others.unnamed).toBeGreaterThan(0);
  expect(subjects.map(({ subject }) => subject)).toContain("しおせんべい");
  await home.close();
});

test("a page of long voices and many products stays small", async () => {
  const home = await openFilled();
  const { connection } = home.warehouse;
  await connection.run(
    `update voices set text = text || repeat('とても長い声です。', 2000), product = 'とても長い名前の商品' || voice_id where received_on = '${SATURDAY}'`,
  );
  await connection.run(
    `update segments set harm = true, harm_confidence = 0.9 where received_on = '${SATURDAY}'`,
  );
  const { html, md } = await make(home, SATURDAY);
  expect(Buffer.byteLength(html)).toBeLessThan(LARGEST_PAGE_BYTES);
  expect(md).toMatch(/ほかに\d+件あります/);
  await home.close();
});

test("harm that a machine only suspects stands apart and heads nothing", async () => {
  const home = await openFilled();
  await home.warehouse.connection.run(
    `update segments set harm = true, harm_confidence = 0.8 where segment_id in (select min(segment_id) from segments where received_on = '${SATURDAY}')`,
  );
  const { report, md } = await make(home, SATURDAY);
  expect(report.harm).toEqual([]);
  expect(report.suspectedHarm).toHaveLength(1);
  expect(md).toContain("お体への害を伝える声は見つかっていません（推定）。");
  expect(md).toContain("## お体への害が疑われる声（推定・確かではありません）");
  await home.close();
});

test("a day without any voice says so in one line, and what would be usual", async () => {
  const home = await openFilled();
  await home.warehouse.connection.run(`delete from voices where received_on = '${SATURDAY}'`);
  const { md } = await make(home, SATURDAY);
  expect(md.trim().split("\n\n").slice(2)).toEqual([
    "## 見出し",
    expect.stringMatching(
      /^1\. 8月2日（土）に届いた声はありません。いつもの土曜日は\d件ほどですので、取り込みもお確かめください。$/,
    ),
  ]);
  await home.close();
});

test("what came in later is said by the second revision", async () => {
  const home = await openFilled();
  const first = await make(home, SATURDAY);
  const voices = figureOf(first.report.figures, "all").value;
  await home.warehouse.connection.run(
    `update voices set received_on = '2025-07-01' where voice_id in (select voice_id from voices where received_on = '${SATURDAY}' limit 1)`,
  );
  const { md, report } = await make(home, SATURDAY, true);
  expect(report.revision).toBe(2);
  expect(figureOf(report.figures, "all").value).toBe(voices - 1);
  expect(md).toContain(`訂正: 声は、第1版では${voices}件でした。`);
  await home.close();
});

/** Has twelve customers of one week find a product hard to use. */
async function plant({ warehouse: { connection } }: Home, product: string): Promise<void> {
  await connection.run(
    "create temp table planted as select distinct voice_id from segments where received_on >= '2025-07-28' and received_on < '2025-08-04' order by voice_id limit 12",
  );
  const mine = "voice_id in (select voice_id from planted)";
  await connection.run(`update voices set product = '${product}' where ${mine}`);
  await connection.run(`update segments set sentiment = 'negative' where ${mine}`);
  await connection.run(
    `insert into segment_topics select segment_id, voice_id, 'tourism', 'accessibility', 0.9, 'head', [], 1 from segments where ${mine}`,
  );
}

test("an early signal is told on the day it shows first, and on no other", async () => {
  const home = await openFilled(40);
  await plant(home, "手すり棒");
  const spoken: string[] = [];
  const told: string[] = [];
  for (let day = "2025-07-28"; day < "2025-08-04"; day = addDays(day, 1)) {
    const { report } = await make(home, day);
    const { subjects, signals } = report;
    if (subjects.some(({ subject }) => subject === "手すり棒")) spoken.push(day);
    const isTold = signals.rows.some(
      ({ subject, topic }) => subject === "手すり棒" && topic === "accessibility",
    );
    if (isTold) told.push(day);
  }
  expect(told).toHaveLength(1);
  expect(spoken.at(-1)).not.toBe(told[0]);
  await home.close();
});

test("with less than eight weeks of reference the digest says that signals are not looked for yet", async () => {
  const home = await openFilled(9);
  expect((await make(home, SATURDAY)).md).toContain("早期の兆しはまだ調べていません");
  await home.close();
});

test("harm that only a person's topic tells of is on the daily page too, as confirmed", async () => {
  const home = await openFilled();
  const { connection } = home.warehouse;
  await connection.run("update topics set severity = 5 where topic = 'accessibility'");
  await connection.run(
    `create temp table said as select segment_id, voice_id, span_start, span_end from segments where received_on = '${SATURDAY}' and sentiment = 'negative' order by segment_id limit 2`,
  );
  await connection.run(
    "delete from segment_topics where topic = 'accessibility'; insert into segment_topics select segment_id, voice_id, 'tourism', 'accessibility', 0.9, 'person', [], 1 from said limit 1",
  );
  const { report, md } = await make(home, SATURDAY);
  const [said] = (
    await connection.runAndReadAll(
      "select voice_id::varchar, span_start, span_end from said limit 1",
    )
  ).getRowsJS();
  const [harm] = report.harm;
  expect([harm?.voiceId, harm?.start, harm?.end]).toEqual(said);
  expect(md).toContain("お体への害を伝える声が1件あります（確認済）。先にお読みください。");
  expect(md).toContain("## お体への害を伝える声（確認済）");
  await home.close();
});

test("voices of grave topics are told and quoted in whatever tone, and that there are none is no all-clear", async () => {
  const home = await openFilled();
  const { connection } = home.warehouse;
  await connection.run("update topics set severity = 3 where severity = 4");
  expect((await make(home, SATURDAY)).md).not.toContain("急いで確かめたい話題");
  await connection.run(
    "update topics set severity = 4 where topic = 'hours'; delete from segment_topics where topic = 'hours'",
  );
  const none = (await make(home, SATURDAY, true)).md;
  expect(none).toMatch(
    /急いで確かめたい話題（[^）]+）の声は見つかっていません（推定）。機械は見落とすことがありますので、これだけで安全とは言えません。/,
  );
  await connection.run(
    `insert into segment_topics select segment_id, voice_id, 'tourism', 'hours', 0.9, 'head', [], 1 from segments where received_on = '${SATURDAY}' and sentiment = 'neutral' order by segment_id limit 1`,
  );
  const { report, md, voices } = await make(home, SATURDAY, true);
  expect(report.grave?.quotes).toHaveLength(1);
  expect(md).toMatch(/急いで確かめたい話題（[^）]+）の声が1件あります（推定）。/);
  const [, section = ""] = md.split("## 急いで確かめたい話題の声（推定）");
  expect(section).toContain(report.grave?.quotes[0]?.voiceId.slice(0, 8));
  expect(voices).toContain('<section id="grave">');
  await connection.run("update segment_topics set decided_by = 'person' where topic = 'hours'");
  const confirmed = (await make(home, SATURDAY, true)).md;
  expect(confirmed).toMatch(/急いで確かめたい話題（[^）]+）の声が1件あります（確認済）。/);
  expect(confirmed).toContain("## 急いで確かめたい話題の声（確認済）");
  await home.close();
});

test("of a grave topic sure voices stand first, the others say how sure they are", async () => {
  const home = await openFilled();
  const about = (confidence: number, order: string) =>
    `insert into segment_topics select segment_id, voice_id, 'tourism', 'hours', ${confidence}, 'head', [], 1 from segments join voices using (voice_id) where segments.received_on = '${SATURDAY}' and segments.sentiment = 'negative' order by received_at ${order}, segment_id limit 1`;
  await home.warehouse.connection.run(
    `update topics set severity = 4 where topic = 'hours'; delete from segment_topics where topic = 'hours'; ${about(0.61, "desc")}; ${about(0.8, "asc")}`,
  );
  const { report, md } = await make(home, SATURDAY);
  expect(report.grave?.quotes.map(({ topicConfidence }) => topicConfidence)).toEqual([
    undefined,
    expect.closeTo(0.61),
  ]);
  expect(md.match(/話題は推定、確信度\d+%/g)).toEqual(["話題は推定、確信度61%"]);
  await home.close();
});

test("a page that tells of harm does not say of the same topics that nothing was found", async () => {
  const home = await openFilled();
  const { connection } = home.warehouse;
  await connection.run(
    `update topics set severity = 5 where topic = 'hours'; delete from segment_topics where topic = 'hours'; update segments set harm = true, harm_confidence = 0.9 where segment_id in (select min(segment_id) from segments where received_on = '${SATURDAY}'); insert into segment_topics select segment_id, voice_id, 'tourism', 'hours', 0.9, 'head', [], 1 from segments where harm`,
  );
  const { md } = await make(home, SATURDAY);
  expect(md).toContain("お体への害を伝える声が1件あります（推定）。");
  expect(md).toMatch(/このほかに、急いで確かめたい話題（[^）]+）の声は見つかっていません/);
  await home.close();
});

test("a voice of a grave topic that stands above for its harm is not missed below", async () => {
  const home = await openFilled();
  const { connection } = home.warehouse;
  await connection.run(
    `update topics set severity = 4 where topic = 'hours'; delete from segment_topics where topic = 'hours'; create temp table said as select voice_id, min(segment_id) as harmed, max(segment_id) as grave from segments where received_on = '${SATURDAY}' group by voice_id having count(*) > 1 order by voice_id limit 1`,
  );
  await connection.run(
    "update segments set harm = true, harm_confidence = 0.9 where segment_id in (select harmed from said); update segments set sentiment = 'negative' where segment_id in (select grave from said); insert into segment_topics select grave, voice_id, 'tourism', 'hours', 0.9, 'head', [], 1 from said",
  );
  const { report, md } = await make(home, SATURDAY);
  expect(report.grave?.quotes).toEqual([]);
  expect(md).toContain(
    "うち1件は、お体への害を伝える声か、お体への害が疑われる声にも数えています。",
  );
  expect(md).not.toContain("声の一覧をご覧ください");
  await home.close();
});
