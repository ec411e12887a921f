import type { z } from "zod";
import { valueAt } from "./intake/describe-issues.ts";

/** One line a mistake: path, what was read, what was expected. */
export function describeConfigIssue(issue: z.core.$ZodIssue, root: unknown): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(
      (key) =>
        `  ${[...issue.path, key].join(".")} … この名前の項目はありません。つづりを確かめてください。`,
    );
  }
  const read = JSON.stringify(valueAt(root, issue.path)) ?? "（なし）";
  return [`  ${issue.path.join(".")} … 読んだもの: ${read}、期待: ${expectation(issue)}`];
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return TYPE_NAMES[issue.expected] ?? issue.expected;
  if (issue.code === "too_small") return `${issue.minimum}${UNITS[issue.origin] ?? " "}以上`;
  if (issue.code === "too_big") return `${issue.maximum}${UNITS[issue.origin] ?? " "}以下`;
  if (issue.code === "invalid_value") return issue.values.map(String).join(" / ");
  return issue.message;
}

/** What is counted of a text and of a list. */
const UNITS: Readonly<Record<string, string>> = { string: " 文字", array: " 件" };

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: "文字列",
  number: "数",
  int: "整数",
  array: "一覧（- で並べる）",
  object: "項目の組（名前: 値）",
  record: "項目の組（名前: 値）",
  boolean: "true か false",
};
