import { setImmediate as afterOthers } from "node:timers/promises";
import { maskSigner } from "../../pipeline/text/mask-field.ts";
import type { FrozenReport } from "../write-report.ts";

/** The daily digest shows none. */
const NO_AWARENESS = { current: [], added: [] };

/**
 * The last door: whatever the detectors of today find in a voice or a comment does not leave. Not names: without the
 * dictionary, which enrichment has, a place looks like one.
 *
 * Whoever waits for this process has a turn after each text: 0.15 ms for 300 characters, so that a month of ten
 * thousand voices would hold requests, heartbeats and the stop's deadline for more than a second.
 */
export async function areMasked(report: FrozenReport): Promise<boolean> {
  const { voices, theme } = report;
  const { current, added } = report.job === "daily" ? NO_AWARENESS : report.awareness;
  const texts = [
    ...Object.values(voices).map(({ text }) => text),
    ...[...current, ...added].map(({ reason }) => reason),
    ...(theme?.sections ?? []).flatMap(({ rows, lines }) => [
      ...lines,
      ...rows.flat().filter((cell) => typeof cell === "string"),
    ]),
  ];
  for (const text of texts) {
    if (maskSigner(text) !== text) return false;
    await afterOthers();
  }
  return true;
}
