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
  const family = new Set<string>();
  const given = new Set<string>();
  for (const entry of entries.split("\0")) {
    const fields = entry.split(",");
    if (fields[3] !== "人名") continue;
    const names = fields[4] === "姓" ? family : given;
    if (fields[4] !== "姓" && fields[4] !== "名") continue;
    for (const name of [fields[0], fields[8]]) if (name && NAME.test(name)) names.add(name);
  }
  writeFileSync(join(HERE, "family.txt"), `${[...family].sort().join("\n")}\n`);
  writeFileSync(join(HERE, "given.txt"), `${[...given].sort().join("\n")}\n`);
}

const NAME = /^[\p{L}々ーヶケ]+$/u;

extract();
