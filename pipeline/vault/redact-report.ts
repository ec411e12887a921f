import { countCodePoints } from "../text/code-points.ts";
import { FORGOTTEN_TEXT } from "./forget-words.ts";

/** Fields of a report's value that say what a voice said, or where, and what people said about it. */
const SAID: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["text", FORGOTTEN_TEXT],
  ["reason", FORGOTTEN_TEXT],
  ["because", FORGOTTEN_TEXT],
  ["place", null],
  ["product", null],
  ["start", 0],
  ["end", countCodePoints(FORGOTTEN_TEXT)],
]);

/** What a section of the company's own is left with: nobody knows which of its rows are of which voice. */
const OWN_SECTION: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["rows", []],
  ["lines", [FORGOTTEN_TEXT]],
]);

/**
 * A frozen report without the words of some voices; its figures stay as they were.
 *
 * @param value JSON text; the order of its keys stays
 */
export function redactReport(value: string, voiceIds: ReadonlySet<string>): string {
  const report: unknown = JSON.parse(value);
  const redacted = redact(report, voiceIds, false);
  return JSON.stringify(namesOne(report, voiceIds) ? withoutOwnRows(redacted) : redacted);
}

function namesOne(value: unknown, voiceIds: ReadonlySet<string>): boolean {
  if (typeof value !== "object" || value === null) return isOne(value, voiceIds);
  return Object.entries(value).some(
    ([key, inner]) => voiceIds.has(key) || namesOne(inner, voiceIds),
  );
}

function withoutOwnRows(report: unknown): unknown {
  return changeEntries(report, (key, theme) =>
    key !== "theme"
      ? theme
      : changeEntries(theme, (part, sections) =>
          part === "sections" && Array.isArray(sections) ? sections.map(withoutRows) : sections,
        ),
  );
}

function withoutRows(section: unknown): unknown {
  return changeEntries(section, (key, inner) => OWN_SECTION.get(key) ?? inner);
}

/** An object with its keys in their order, and other values. */
function changeEntries(value: unknown, change: (key: string, inner: unknown) => unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(key, inner)]));
}

/** @param isForgotten whether this is part of what is said of such a voice */
function redact(value: unknown, voiceIds: ReadonlySet<string>, isForgotten: boolean): unknown {
  if (Array.isArray(value)) return value.map((inner) => redact(inner, voiceIds, isForgotten));
  if (typeof value !== "object" || value === null) return value;
  const entries: [string, unknown][] = Object.entries(value);
  const about =
    isForgotten || entries.some(([key, id]) => key === "voiceId" && isOne(id, voiceIds));
  return Object.fromEntries(
    entries.map(([key, inner]) => [
      key,
      about && SAID.has(key) ? SAID.get(key) : redact(inner, voiceIds, about || voiceIds.has(key)),
    ]),
  );
}

/** @param id or several with commas between, as long lists hold them */
function isOne(id: unknown, voiceIds: ReadonlySet<string>): boolean {
  return typeof id === "string" && id.split(",").some((one) => voiceIds.has(one));
}
