import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";

const HERE = import.meta.dirname;

/**
 * Writes `family.txt` and `given.txt` from the dictionary that kuromoji carries: each name as written and as read, in
 * katakana. Run once a dictionary: `node --import tsx models/names/extract.ts`.
 */
function extract(): void {
  const home = dirname(createRequire(import.meta.url).resolve("kuromoji/package.json"));
  const entries = gunzipSync(readFileSync(join(home, "dict", "tid_pos.dat.gz"))).toString("utf8");
  const [family, given] = [new Set<string>(), new Set<string>()];
  const lists = new Map([
    ["姓", family],
    ["名", given],
  ]);
  for (const entry of entries.split("\0")) {
    const [written = "", , , kind, part, , , , reading = ""] = entry.split(",");
    const names = kind === "人名" ? lists.get(part ?? "") : undefined;
    for (const name of [written, reading]) if (NAME.test(name)) names?.add(name);
  }
  writeFileSync(join(HERE, "family.txt"), `${[...family].sort().join("\n")}\n`);
  writeFileSync(join(HERE, "given.txt"), `${[...given].sort().join("\n")}\n`);
}

const NAME = /^[\p{L}々ーヶケ]+$/u;

extract();
