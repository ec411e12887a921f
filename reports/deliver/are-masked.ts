import { setImmediate as afterOthers } from "node:timers/promises";
import { maskSigner } from "../../pipeline/text/mask/mask-field.ts";
import type { FrozenReport } from "../frozen/write-report.ts";

/**
 * The last door: whatever the detectors of today find in a voice or a comment does not leave. Not names: without the
 * dictionary, which enrichment has, a place looks like one.
 *
 * Whoever waits for this process has a turn after each text: 0.15 ms for 300 characters, so that a month of ten
 * thousand voices would hold requests, heartbeats and the stop's deadline for more than a second.
 */
export async function areMasked(report: FrozenReport): Promise<boolean> {
  const { voices, theme } = report;
  const texts = [
    ...Object.values(voices).map(({ text }) => text),
    ...commentsIn(report),
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

/** What colleagues wrote; the daily digest shows none of it. */
function commentsIn(report: FrozenReport): string[] {
  if (report.job === "daily") return [];
  const { current, added, withdrawn = [] } = report.awareness;
  const priorities = report.job === "weekly" ? report.priorities : [];
  const notes = [
    ...current,
    ...added,
    ...withdrawn,
    ...priorities.flatMap(({ earlier }) => earlier ?? []),
  ];
  const decided = [...report.decisions, ...priorities.flatMap((each) => each.decided ?? [])];
  return [
    ...[...notes, ...decided].map(({ reason }) => reason),
    ...withdrawn.map(({ because }) => because),
    ...decided.flatMap(({ decision, outcome }) => [decision.text, outcome?.text ?? ""]),
  ];
}
