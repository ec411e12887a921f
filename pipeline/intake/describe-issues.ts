import type { z } from "zod";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * Says each mistake in a described value: path, value read, value expected. What is expected is each schema's
 * own message.
 */
export function describeIssues(issues: readonly Issue[], read: unknown): string[] {
  return issues.flatMap((issue) => describe(issue, issue.path, read));
}

function describe(issue: Issue, path: Path, read: unknown): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      line([...path, key], read, `この項目はありません。${issue.message}`),
    );
  }
  // The branch that was meant is the one whose mistakes lie deepest; where none lies deep, none was meant.
  if (issue.code === "invalid_union") {
    const meant = issue.errors.find((branch) => branch.some(({ path: inner }) => inner.length > 0));
    if (meant !== undefined) {
      return meant.flatMap((inner) => describe(inner, [...path, ...inner.path], read));
    }
  }
  return [line(path, read, issue.message)];
}

function line(path: Path, read: unknown, expected: string): string {
  const where = path.length === 0 ? "（全体）" : path.map(placed).join("").replace(/^\./, "");
  return `${where}: 読んだ値 ${show(valueAt(read, path))}、期待する値 ${expected}`;
}

/** As people count what stands in a list. */
function placed(part: PropertyKey): string {
  return typeof part === "number" ? ` の ${part + 1} 番目` : `.${String(part)}`;
}

/** @returns what stands at a path of what was read; undefined where nothing does */
export function valueAt(read: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    read,
  );
}

function show(value: unknown): string {
  if (value === undefined || value === null) return "なし";
  return JSON.stringify(value).slice(0, 80);
}
