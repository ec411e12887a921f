import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../models/random.ts";
import { runKizuki } from "./run-kizuki.ts";

const WORDS = [
  "駐車場が遠くて歩くのが大変でした",
  "景色がとてもきれいで感動しました",
  "味は良いが値段が高い",
  "案内板を増やしてほしい",
  "トイレはどこにありますか",
  "店員さんが親切だった",
  "混んでいて座れなかったけど料理はおいしかった",
  "特になし",
];

/** Files of voices, each of which repeats the last fifth of the one before: overlapping exports. */
export function writeExports(
  folder: string,
  options: { readonly files: number; readonly rows: number },
): string[] {
  const overlap = Math.floor(options.rows / 5);
  return Array.from({ length: options.files }, (_, file) => {
    const first = file * (options.rows - overlap);
    const lines = Array.from({ length: options.rows }, (_, row) => {
      const id = first + row;
      // Every 97th line has a cell too many: a dead letter.
      const extra = id % 97 === 96 ? ",余分" : "";
      return `v${id},2025-07-${String((id % 28) + 1).padStart(2, "0")} 10:00,${WORDS[id % WORDS.length]}。${id}番${extra}`;
    });
    const path = join(folder, `export-${file}.csv`);
    writeFileSync(path, `番号,受付日時,ご意見\n${lines.join("\n")}\n`);
    return path;
  });
}

export type Killed = { readonly stages: readonly string[]; readonly runs: number };

/**
 * Imports files again and again, killing the process with SIGKILL at random stages after the first commit,
 * until it has been killed often enough; then lets it end.
 *
 * @param at stages to kill at; any where left out
 */
export async function importWithKills(options: {
  readonly home: string;
  readonly files: readonly string[];
  readonly kills: number;
  readonly seed: number;
  readonly project?: string;
  readonly at?: string;
}): Promise<Killed> {
  const random = seededRandom(options.seed);
  const killedAt: string[] = [];
  let committed = false;
  for (let runs = 1; runs < 100; runs += 1) {
    let countdown = 1 + Math.floor(random() * 4);
    let last = "";
    const { code, stderr } = await runKizuki(["import", ...options.files], {
      home: options.home,
      ...(options.project !== undefined && { project: options.project }),
      onStage(stage) {
        last = stage;
        if (committed && killedAt.length < options.kills && (options.at ?? stage) === stage) {
          countdown -= 1;
          if (countdown === 0) return "kill";
        }
        if (stage === "loaded") committed = true;
        return "go on";
      },
    });
    if (code === 0) return { stages: killedAt, runs };
    if (code !== null) throw new Error(`import ended with ${code}: ${stderr}`);
    killedAt.push(last);
  }
  throw new Error("the import never came to its end");
}
