import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../../pipeline/errors.ts";

/**
 * Test lines are frozen before the training that they measure, so that no figure in the model card is tuned on them.
 *
 * @throws InputError where the list of checksums is missing or a test file is not the frozen one
 */
export function verifyFrozenTests(folder: string): void {
  const list = join(folder, "FROZEN.sha256");
  const lines = readText(list).trim().split("\n");
  const problems = lines.flatMap((line) => {
    const [expected = "", name = ""] = line.trim().split(/\s+\*?/);
    const found = createHash("sha256")
      .update(readText(join(folder, name)))
      .digest("hex");
    return found === expected
      ? []
      : [`${join(folder, name)} 読んだもの: ${found}、期待: ${expected}`];
  });
  if (problems.length > 0) {
    throw new InputError(`凍結したテストが変わっています。\n${problems.join("\n")}`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(`${path} が読めません。期待: 凍結したテストとその sha256。`, { cause });
  }
}
