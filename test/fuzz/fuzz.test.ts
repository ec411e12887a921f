import fc from "fast-check";
import { test } from "vitest";
import { loadAnalyzer } from "../../models/morphemes.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { anyFile } from "./any-file.ts";
import { intakeHolds } from "./intake-holds.ts";
import { anyVoice, maskHolds } from "./mask-holds.ts";

/** A short run of `npm run fuzz`. */
const FIXED = { seed: 20_260_701 };

test("every record of any file comes out once, and only an input error stops a file", async () => {
  const folder = tempFolder();
  const property = fc.asyncProperty(anyFile, async (bytes) => {
    await intakeHolds(folder, bytes);
  });
  await fc.assert(property, { ...FIXED, numRuns: 400 });
}, 120_000);

test("the mask splits no character, keeps morphemes in place, and leaves its own placeholders alone", async () => {
  const analyzer = await loadAnalyzer();
  const property = fc.property(anyVoice, (verbatim) => {
    maskHolds(verbatim, analyzer);
  });
  fc.assert(property, { ...FIXED, numRuns: 1_000 });
}, 120_000);
