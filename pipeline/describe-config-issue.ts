import type { z } from "zod";

/** One line a mistake: path, what was read, what was expected. */
export function describeConfigIssue(issue: z.core.$ZodIssue, root: unknown): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(
      (key) =>
        `  ${[...issue.path, key].join(".")} … この名前の項目はありません。つづりを確かめてください。`,
    );
  }
  const read = issue.path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    root,
  );
  return [
    `  ${issue.path.join(".")} … 読んだもの: ${JSON.stringify(read) ?? "（なし）"}、期待: ${expectation(issue)}`,
  ];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return TYPE_NAMES[issue.expected] ?? issue.expected;
  if (issue.code === "too_small") return `${issue.minimum} 以上（文字列なら文字数、一覧なら件数）`;
  if (issue.code === "too_big") return `${issue.maximum} 以下（文字列なら文字数）`;
  if (issue.code === "invalid_union") return issue.message;
  if (issue.code === "invalid_value") return issue.values.map(String).join(" / ");
  return issue.message;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "文字列",
  number: "数",
  int: "整数",
  array: "一覧（- で並べる）",
  object: "項目の組（名前: 値）",
  record: "項目の組（名前: 値）",
  boolean: "true か false",
};
