import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

/** The most that the heap held, in MB, while lists that outlive the young generation were thrown away beside some that stay. */
function mostHeld(clearsSooner: boolean): number {
  const module = join(import.meta.dirname, "../../pipeline/heap-growth.ts");
  const script = `
    import { clearHeapSooner } from ${JSON.stringify(module)};
    if (${clearsSooner}) clearHeapSooner();
    const kept = Array.from({ length: 100_000 }, (_, n) => ({ n, text: "a" + n }));
    let most = 0;
    let ring = [];
    for (let n = 0; n < 2_000_000; n += 1) {
      ring.push({ n, text: "b" + n });
      if (ring.length === 100_000) ring = [];
      if (n % 20_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
    }
    console.log(Math.round(most / 1e6), kept.length);`;
  const args = ["--import", "tsx", "--input-type=module", "-e", script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const most = Number(stdout.split(" ")[0]);
  if (!(most > 0)) throw new Error(stderr);
  return most;
}

test("a heap that is cleared sooner holds less of what nobody needs any more", () => {
  expect(mostHeld(true)).toBeLessThan(0.8 * mostHeld(false));
});
