import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import fc from "fast-check";
import { z } from "zod";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { anyFile } from "./any-file.ts";
import { intakeHolds } from "./intake-holds.ts";
import { anyVoice, maskHolds } from "./mask-holds.ts";

/** `npm run fuzz -- --minutes 10 --seed 7`: half of the time for intake, half for the mask. */
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "1" },
    seed: { type: "string", default: String(Date.now() % 2 ** 31) },
  },
});
const { minutes, seed } = z
  .object({ minutes: z.coerce.number().positive(), seed: z.coerce.number().int() })
  .parse(values);

/** @returns whether it held */
async function fuzz(
  what: string,
  property: fc.IRawProperty<unknown, true> | fc.IRawProperty<unknown, false>,
  counted: () => number,
) {
  const run = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: minutes * 30_000,
    markInterruptAsFailure: false,
  });
  const held = run.failed ? `FAILED\n${fc.defaultReportMessage(run)}` : "held";
  process.stdout.write(`${what}: seed ${seed}, ${run.numRuns} runs, ${counted()}: ${held}\n`);
  return !run.failed;
}

const folder = mkdtempSync(join(tmpdir(), "kizuki-fuzz-"));
const analyzer = await loadAnalyzer();
let records = 0;
let masks = 0;
const intake = fc.asyncProperty(anyFile, async (bytes) => {
  records += await intakeHolds(folder, bytes);
});
const mask = fc.property(anyVoice, (verbatim) => {
  masks += maskHolds(verbatim, analyzer);
});
const held = [
  await fuzz("intake, records", intake, () => records),
  await fuzz("mask, placeholders", mask, () => masks),
];
rmSync(folder, { recursive: true });
process.exitCode = held.every(Boolean) ? 0 : 1;
