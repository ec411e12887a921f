import { join } from "node:path";
import { parseArgs } from "node:util";
import { compileMaskRules, MaskSettings } from "../../pipeline/text/mask/mask-rules.ts";
import { findPersonal } from "../../pipeline/text/mask/mask-text.ts";
import { loadAnalyzer } from "../morphemes.ts";
import { type ClassScore, type MaskScore, measureMask, readMaskLines } from "./measure-mask.ts";

/** Prints recall by class and precision over one set of `models/tests/mask`. Run by `npm run mask:evaluate`. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      health: { type: "boolean", default: false },
      lines: { type: "boolean", default: false },
    },
  });
  const path = positionals[0] ?? join(import.meta.dirname, "..", "tests", "mask", "test.jsonl");
  const lines = readMaskLines(path).filter((line) => values.health || line.class !== "health");
  const analyzer = await loadAnalyzer();
  const rules = compileMaskRules(MaskSettings.parse({ health: values.health }));
  const score = measureMask(lines, (text) =>
    findPersonal({ text, morphemes: analyzer.analyze(text) }, rules),
  );
  process.stdout.write(renderScore(score));
  if (values.lines) process.stdout.write(renderFaults(score));
}

function renderScore({ classes, masks, wrong, noneLines, noneTouched }: MaskScore): string {
  const rows = [...classes].map(
    ([name, { spans, found, rightClass }]: [string, ClassScore]) =>
      `| ${name} | ${spans} | ${(found / spans).toFixed(3)} | ${(rightClass / spans).toFixed(3)} |`,
  );
  return [
    "| class | spans | recall | of the right class |",
    "|---|---|---|---|",
    ...rows.sort(),
    "",
    `precision ${(1 - wrong / masks).toFixed(4)} (${masks} masks, ${wrong} wrong)`,
    `lines without anything personal: ${noneLines}, touched ${noneTouched} (${((100 * noneTouched) / noneLines).toFixed(2)}%)`,
    "",
  ].join("\n");
}

function renderFaults({ faults }: MaskScore): string {
  return faults
    .map(
      ({ line, missed, wrong }) =>
        `${line.class} | ${JSON.stringify(line.text)} | - ${missed.join(" , ")} | + ${wrong.join(" , ")}\n`,
    )
    .join("");
}

await main();
