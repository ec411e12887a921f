import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { cleanFiles } from "../../../pipeline/cli/vault-forget.ts";
import { pumpVoices } from "../../../pipeline/enrich/pump.ts";
import { republishDeadLetters } from "../../../pipeline/enrich/retry-dead-letters.ts";
import { workerSettings } from "../../../pipeline/enrich/worker-messages.ts";
import { WorkerPool } from "../../../pipeline/enrich/worker-pool.ts";
import type { Home } from "../../../pipeline/home.ts";
import { mapVoices, readVoice, sourceOf } from "../../../pipeline/intake/http/http-voice.ts";
import { takeInRecords } from "../../../pipeline/intake/take-in-records.ts";
import { forgetVoices } from "../../../pipeline/vault/forget-voices.ts";
import { copyWarehouse } from "../../../pipeline/warehouse/copy-warehouse.ts";
import { openWarehouse, type Warehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { readDeadLetters } from "../../../pipeline/warehouse/read-dead-letters.ts";
import { writeSnapshot } from "../../../pipeline/warehouse/write-snapshot.ts";
import { styled, workbookBytes } from "../../support/files/workbook-bytes.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { rebuildHome } from "../../support/rebuild-home.ts";
import {
  broughtTo,
  columns,
  csv,
  type File,
  HEADER,
  rawRecordsOf,
  source,
  takeFile,
} from "../../support/take-in-sources.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";

const WORDS = "秘密と申します。工場の見学で足をくじき、まだ痛みます。";
const HIS = `T26-1006,2026/11/02 10:15,${WORDS},090-1234-5678`;
/** Forgotten with him: many say so on one day. */
const SHORT = "s-7,2026/11/02 11:40,特になし,";

const folder = sharedFolder();
const homeFolder = join(folder, "home");
let home: Home;

const rawOf = () => rawRecordsOf(home);
const take = (...file: File) => takeFile(home, ...file);
const brought = (bring: () => Promise<unknown>) => broughtTo(home, bring);

beforeAll(async () => {
  home = await openTestHome(homeFolder);
  await take("csv", csv(HEADER, HIS, SHORT), source("相談室", {}));
  const ids = (await rawOf()).flatMap((one) => (one.status === "ok" ? [one.voice.voiceId] : []));
  expect(ids).toHaveLength(2);
  await forgetVoices(home, ids, { mode: "delete", author: "林", reason: "本人の求め" });
  await cleanFiles(home);
}, 240_000);
afterAll(async () => {
  await home.close();
  await removeFolder(folder);
});

const http = async (voice: Record<string, unknown>) => {
  const read = [readVoice({ channel: "web", ...voice })];
  const voices = read.flatMap((one) => (one.status === "ok" ? [one.voice] : []));
  const description = sourceOf("web_form", voices);
  const [record] = mapVoices(read, description);
  if (record?.status !== "accepted") throw new Error("not accepted");
  const records = [{ ...record.content, number: 1 }];
  await takeInRecords(home, [{ stream: "http:web", name: "HTTP", source: description, records }]);
};

const COMES_BACK = [
  {
    why: "from another source",
    bring: () => take("csv", csv(HEADER, HIS), source("別の窓口", {})),
  },
  {
    why: "with the column of the number under another name",
    bring: () =>
      take(
        "csv",
        csv(HEADER.replace("受付番号", "整理番号"), HIS),
        source("b", { id: "整理番号" }),
      ),
  },
  {
    why: "with no number, the day alone, and blanks and signs written otherwise",
    bring: () =>
      take(
        "csv",
        csv(
          "受付日時,お申し出内容",
          `2026年11月2日,${WORDS.replace("、", "，  ").replace("。", "")}`,
        ),
        source("c", { id: undefined }),
      ),
  },
  {
    why: "with corrected words and seconds, by its number and minute",
    bring: () =>
      take(
        "csv",
        csv(HEADER, "Ｔ26-1006,2026/11/02 10:15:42,秘密です。足が痛い,"),
        source("d", {}),
      ),
  },
  {
    why: "with corrected words and no number, by the minute and the telephone number",
    bring: () =>
      take(
        "csv",
        csv(
          "受付日時,お申し出内容,電話番号",
          "2026/11/02 10:15,秘密です。足が痛い,０９０ー１２３４ー５６７８",
        ),
        source("e", { id: undefined }),
      ),
  },
  {
    why: "as a workbook, with the day as a serial number",
    bring: () => {
      const rows = [HEADER.split(","), ["T26-1006", styled(46_328 + 615 / 1440, 1), WORDS, ""]];
      return take("xlsx", workbookBytes({ sheets: [{ name: "1", rows }] }), undefined);
    },
  },
  {
    why: "by HTTP, in another zone and with no number",
    bring: () => http({ receivedAt: "2026-11-02T01:15:00Z", verbatim: WORDS }),
  },
  {
    why: "by HTTP with corrected words, by its number, day and telephone number of another spelling",
    bring: () =>
      http({
        receivedAt: "2026-11-02",
        id: "T26-1006",
        verbatim: "秘密です",
        attributes: { 電話番号: "+81 (0)90-1234-5678（携帯）" },
      }),
  },
  {
    why: "from a spreadsheet that took the telephone number for a count",
    bring: () =>
      take(
        "csv",
        csv("受付日時,お申し出内容,TEL", "2026/11/02 10:15,足が痛い,9012345678"),
        source("t", { id: undefined }),
      ),
  },
  {
    why: "with words that many say, by the minute",
    bring: () =>
      take(
        "csv",
        csv("受付日時,お申し出内容", "2026/11/02 11:40,特になし"),
        source("f", { id: undefined }),
      ),
  },
];

test.each(COMES_BACK)("forgotten, it stays so when it comes $why", async ({ bring }) => {
  expect(await brought(bring)).toEqual(["skip"]);
});

test("others of that day, number or minute come in", async () => {
  const others = csv(
    HEADER,
    "T26-1007,2026/11/02 10:15,秘密の味がおいしい,090-9999-9999",
    `T26-1008,2026/11/03 10:15,${WORDS},`,
    "T26-1006,2026/11/04 09:00,翌年の同じ番号です,",
    "x-1,2026/11/02 11:41,特になし,",
    "T26-1006,2026/11/02 17:30,別の窓口の同じ番号です,",
    "T26-1006,2026/11/02,別の窓口の同じ番号で、時刻はありません,",
  );
  expect(await brought(() => take("csv", others, source("g", {})))).not.toContain("skip");
  expect((await rawOf()).slice(-6).map(({ status }) => status)).toEqual(Array(6).fill("ok"));
});

test("numbers that two sources count from 1 are of two voices, unless the minute or the words are the same", async () => {
  const rows = (time: string, words: string) => csv(HEADER, `12,2026/10/01${time},${words},`);
  await take("csv", rows("", "袋が開けにくい"), source("running", {}));
  const id = (await rawOf()).flatMap((one) => (one.status === "ok" ? [one.voice.voiceId] : []));
  await forgetVoices(home, id.slice(-1), { mode: "delete", author: "林", reason: "求め" });
  await cleanFiles(home);
  expect(await brought(() => take("csv", rows("", "味がよい"), source("h", {})))).toEqual([
    "味がよい",
  ]);
  expect(await brought(() => take("csv", rows("", "袋が開けにくい"), source("i", {})))).toEqual([
    "skip",
  ]);
});

test("a copy for backups knows them, and the one for analysts does not", async () => {
  const count = async ({ reader }: Warehouse) => {
    const found = await reader.runAndReadAll("select count(*)::int from forgotten_marks");
    return found.getRows()[0]?.[0];
  };
  const kept = await count(home.warehouse);
  expect(kept).toBeGreaterThan(4);
  const file = join(folder, "copy.duckdb");
  await copyWarehouse(home.warehouse, { file, giveUp: home.stop.now });
  const snapshot = join(folder, "snapshot");
  await writeSnapshot(home.warehouse, {
    folder: snapshot,
    madeAt: new Date(0),
    giveUp: home.stop.now,
  });
  for (const [path, marks] of [
    [file, kept],
    [join(snapshot, "snapshot.duckdb"), 0],
  ] as const) {
    const copy = await openWarehouse(path);
    expect(await count(copy)).toBe(marks);
    copy.close();
  }
});

test("rebuilt from the streams, the warehouse still knows them", async () => {
  await home.close();
  await rebuildHome(homeFolder);
  home = await openTestHome(homeFolder);
  const again = csv(HEADER, HIS, "n-1,2026/11/05 10:00,新しい声です,");
  expect(await brought(() => take("csv", again, source("j", {})))).toEqual([
    "skip",
    "新しい声です",
  ]);
});

test("nobody without the key can try out whose marks stand in home", async () => {
  const marks = (await home.warehouse.reader.runAndReadAll("from forgotten_marks")).getRowsJS();
  expect(marks.length).toBeGreaterThan(4);
  const { marksOf } = await import("../../../pipeline/vault/marks-of.ts");
  const his = {
    sourceId: "T26-1006",
    receivedAt: "2026-11-02T10:15:00+09:00",
    receivedPrecision: "instant" as const,
    verbatim: WORDS,
    attributes: {},
    contacts: ["090-1234-5678"],
  };
  const asUuid = (mark: string) =>
    mark.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const found = (key: Buffer) =>
    marksOf(his, key).filter((mark) => marks.some(([one]) => String(one) === asUuid(mark)));
  expect(found(home.identityKey())).toHaveLength(6);
  expect(found(Buffer.alloc(32))).toEqual([]);
});

test("a dead letter of theirs that a mended description can read stays forgotten, another's comes in", async () => {
  // Too long for a product.
  const cell = "長".repeat(300);
  const rows = [HIS, "T26-2001,2026/11/06 09:00,駐車場が遠くて困りました,"];
  const unread = csv(`${HEADER},備考`, ...rows.map((row) => `${row},${cell}`));
  const misread = { ...source("k", {}), columns: { ...columns, product: "備考" } };
  expect(await brought(() => take("csv", unread, misread))).toEqual(["reject", "reject"]);
  const script = fileURLToPath(new URL("../../support/poison-worker.ts", import.meta.url));
  const pool = new WorkerPool(1, workerSettings(home.config), { script });
  await pumpVoices(home, pool, { advance: () => undefined, stage: () => undefined });
  pool.close();
  const letters = await readDeadLetters(home.warehouse, { withDiscarded: false });
  expect(letters).toHaveLength(2);
  const mended = new Map([["k", source("k", {})]]);
  expect(await brought(() => republishDeadLetters(home, letters, mended))).toEqual([
    "skip",
    "駐車場が遠くて困りました",
  ]);
}, 120_000);
