import { readFileSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { parse } from "yaml";
import { z } from "zod";
import { addDays } from "../../pipeline/period.ts";
import { migrate } from "../../pipeline/warehouse/open-warehouse.ts";
import {
  type InventedRows,
  inventVoices,
  type Row,
  uuidOf,
  type WarehouseShape,
} from "../reports/invented-voices.ts";

const Taxonomy = z.object({
  name: z.string(),
  topics: z.array(
    z.object({ id: z.string(), label: z.string(), severity: z.number(), description: z.string() }),
  ),
});

/** What a report of the invented voices is asked with, but for its period. */
export const REPORT_INPUT = {
  revision: 1,
  earlier: [],
  taxonomy: "tourism",
  taxonomyVersion: 1,
  epoch: 1,
  asOf: "2025-08-07",
  title: "北陸観光の声",
  expectedSources: [],
};

/** An in-memory warehouse with the real schema and the tourism taxonomy, but no voice. */
export async function emptyWarehouse(): Promise<DuckDBConnection> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await migrate(connection);
  const text = readFileSync(
    new URL("../../models/taxonomies/tourism.yaml", import.meta.url),
    "utf8",
  );
  const { name, topics } = Taxonomy.parse(parse(text));
  await insert(
    connection,
    "topics",
    topics.map(({ id, label, severity, description }, position) => ({
      taxonomy: name,
      topic: id,
      label,
      parent: id,
      parent_label: label,
      severity,
      position,
      description,
    })),
  );
  return connection;
}

/** Fills it with invented voices, 気づき, dead letters and origins. */
export async function fillWarehouse(
  connection: DuckDBConnection,
  shape: WarehouseShape,
): Promise<void> {
  const rows = inventVoices(shape);
  for (const [table, lines] of Object.entries(rows)) await insert(connection, table, lines);
  await insertPeoplesWork(connection, rows, addDays(shape.from, 7 * shape.weeks));
}

/** What people wrote, on the newest voice with these words; the last one is on an older voice. */
const NOTES = [
  {
    about: "歩道がなく",
    author: "佐藤",
    reason: "同じ日に三件続いています。事故になる前に、歩道の確保を土木課と相談したいです。",
  },
  {
    about: "シャトルバス",
    author: "山本",
    reason:
      "待ち時間の長さより、いつ乗れるかが分からないことに怒っておられます。表示を出すだけでも違うはずです。",
  },
  {
    about: "一緒に歩いて",
    author: "中村",
    reason: "このひと言は接客の研修で読み上げたいと思いました。",
  },
  {
    about: "手すりが途中",
    author: "高橋",
    reason: "ほかの入口にも同じ造りの手すりがあります。まとめて点検をお願いします。",
    isOlder: true,
  },
];

/** What the meeting made of two of them; the first has come to something. */
const FOLLOWUPS = [
  { of: 1, step: "decision", days: -5, text: "シャトルバスの乗り場に、待ち時間の目安を掲示する。" },
  { of: 1, step: "outcome", days: -1, text: "二か所に掲示しました。" },
  { of: 3, step: "decision", days: -3, text: "同じ造りの手すりを、八月中にまとめて点検する。" },
];

/** 気づき, dead letters and origins around the voices. */
async function insertPeoplesWork(
  connection: DuckDBConnection,
  { voices }: InventedRows,
  until: string,
): Promise<void> {
  const lastMonday = addDays(until, -7);
  const newestFirst = [...voices].reverse();
  const notes = NOTES.map(({ about, author, reason, isOlder }, index) => ({
    awareness_id: uuidOf(`awareness ${index}`),
    voice_id: newestFirst.find(
      ({ text, received_on }) =>
        String(text).includes(about) && (isOlder === true) === String(received_on) < lastMonday,
    )?.voice_id,
    author,
    reason,
    added_at: `${addDays(until, isOlder === true ? -2 : 0)} 10:00:00+09`,
  }));
  const found = notes.filter(({ voice_id }) => voice_id !== undefined);
  await insert(connection, "awareness", found);
  await insert(
    connection,
    "awareness_followups",
    FOLLOWUPS.flatMap(({ of, step, days, text }) => {
      const note = notes[of];
      if (note?.voice_id === undefined) return [];
      const { awareness_id, voice_id } = note;
      const added_at = `${addDays(until, days)} 11:00:00+09`;
      const followup_id = uuidOf(`followup ${of} ${step}`);
      return [{ followup_id, awareness_id, voice_id, step, author: "山本", text, added_at }];
    }),
  );
  const counts = { duplicates: 0, skipped: 0, source: "hokuriku" };
  await insert(connection, "origins", [
    {
      ...counts,
      origin_stream: "file:aa",
      file: "アンケート_2025夏.csv",
      records: 2100,
      voices: 2000,
      dead_letters: 2,
    },
    {
      ...counts,
      origin_stream: "file:bb",
      file: "窓口記録.xlsx",
      records: 540,
      voices: 500,
      dead_letters: 1,
    },
  ]);
  await insert(
    connection,
    "dead_letters",
    [
      {
        origin_stream: "file:aa",
        file: "アンケート_2025夏.csv",
        origin_row: 812,
        column_name: "回答日時",
        step: "intake",
        reason: "unreadable date",
      },
      {
        origin_stream: "file:aa",
        file: "アンケート_2025夏.csv",
        origin_row: 1377,
        step: "intake",
        reason: "too many cells",
      },
      {
        origin_stream: "file:bb",
        file: "窓口記録.xlsx",
        origin_row: 95,
        column_name: "内容",
        step: "guard",
        reason: "verbatim too long",
      },
    ].map((letter, index) => ({
      ...letter,
      origin_offset: index,
      epoch: 1,
      dead_at: `${until} 01:00:00+09`,
    })),
  );
}

/** Inserts plain objects by column name; columns that a row lacks are null. */
export async function insert(
  connection: DuckDBConnection,
  table: string,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = new Set(rows.flatMap((row) => Object.keys(row)));
  const answer = await connection.runAndReadAll(
    "select column_name, data_type from information_schema.columns where table_name = $table",
    { table },
  );
  const structure = Object.fromEntries(
    answer
      .getRowsJS()
      .map(([name, type]) => [String(name), String(type)] as const)
      .filter(([name]) => columns.has(name))
      .map(([name, type]) => [name, type === "VARCHAR[]" ? ["VARCHAR"] : type]),
  );
  await connection.run(
    `insert into ${table} by name select unnest(from_json($rows::json, $structure), max_depth := 2)`,
    { rows: JSON.stringify(rows), structure: JSON.stringify([structure]) },
  );
}
