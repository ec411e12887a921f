import { readFileSync } from "node:fs";

export type CellWeeks = {
  readonly place: string;
  readonly topic: string;
  /** Voices, week by week. */
  readonly counts: readonly number[];
};

/** The demo's voices by week: all of them, by place, and those with something negative by place and topic. */
export type HokurikuWeeks = {
  readonly from: string;
  readonly totals: readonly number[];
  /** All voices of each place, by place. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  readonly cells: readonly CellWeeks[];
};

const FILE = new URL("../fixtures/reports/hokuriku-weeks.tsv", import.meta.url);

export function readHokurikuWeeks(): HokurikuWeeks {
  const lines = readFileSync(FILE, "utf8").trimEnd().split("\n");
  const from = /from (\d{4}-\d\d-\d\d);/.exec(lines[0] ?? "")?.[1];
  const rows = lines
    .filter((line) => !line.startsWith("#"))
    .map((line) => {
      const [place = "", topic = "", counts = ""] = line.split("\t");
      return { place, topic, counts: counts.split(" ").map(Number) };
    });
  const all = rows.shift();
  if (from === undefined || all === undefined) throw new RangeError("not the file of the weeks");
  return {
    from,
    totals: all.counts,
    places: new Map(
      rows.filter(({ topic }) => topic === "*").map(({ place, counts }) => [place, counts]),
    ),
    cells: rows.filter(({ topic }) => topic !== "*"),
  };
}
