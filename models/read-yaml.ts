import { type ErrorCode, LineCounter, parseDocument, type YAMLParseError } from "yaml";

/** Keys and indices from the top of the file. */
export type Place = readonly PropertyKey[];

/** Something at a place is not what it should be, as zod says it; the message says what is expected. */
export type YamlIssue = {
  readonly path: Place;
  readonly message: string;
  readonly code?: string | undefined;
  /** Of `unrecognized_keys`. */
  readonly keys?: readonly string[];
};

export type ReadYaml = {
  /** Undefined where it is no YAML. */
  readonly value: unknown;
  /** Why it is no YAML. */
  readonly problems: readonly string[];
  /** @returns a line each: line of the file, place, what was read and what is expected */
  describe(issues: readonly YamlIssue[]): string[];
};

/** Whether a setting is the path of a YAML file, and not the name of something. */
export function isYamlFile(nameOrPath: string): boolean {
  return /\.ya?ml$/.test(nameOrPath);
}

/** Reads a file that staff write by hand, and says in their language what is wrong with it and where. */
export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems = document.errors.map((error) => describeSyntax(error, text));
  const value: unknown = problems.length > 0 ? undefined : document.toJS();
  const lineOf = (place: Place): number => {
    const node = place.length === 0 ? document.contents : document.getIn(place, true);
    const range = hasRange(node) ? node.range : null;
    if (range != null) return lines.linePos(range[0]).line;
    return place.length === 0 ? 1 : lineOf(place.slice(0, -1));
  };
  const describe = ({ path, message, code, keys = [] }: YamlIssue): string[] => {
    if (code === "unrecognized_keys") {
      return keys.map((key) => {
        const place = [...path, key];
        return `${lineOf(place)} 行目 ${nameOf(place)} … この名前の項目はありません。つづりと字下げを確かめてください。`;
      });
    }
    const read = shorten(JSON.stringify(valueAt(value, path) ?? undefined) ?? "なし");
    return [`${lineOf(path)} 行目 ${nameOf(path)} … 読んだもの: ${read}、期待: ${message}。`];
  };
  return { value, problems, describe: (issues) => issues.flatMap(describe) };
}

function hasRange(node: unknown): node is { range?: readonly [number, number, number] | null } {
  return typeof node === "object" && node !== null && "range" in node;
}

function valueAt(root: unknown, path: Place): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    root,
  );
}

function nameOf(path: Place): string {
  return path.map(String).join(".") || "（全体）";
}

const LONGEST = 80;

function shorten(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST ? text : `${characters.slice(0, LONGEST).join("")}…`;
}

const SYNTAX: Partial<Record<ErrorCode, string>> = {
  BAD_INDENT: "そろった字下げ（半角の空白）と、閉じた括弧",
  BLOCK_AS_IMPLICIT_KEY: "一行に一つの「名前: 値」。値に「: 」があれば引用符で囲む",
  DUPLICATE_KEY: "同じ名前の項目は一つ",
  MISSING_CHAR: "閉じた括弧と引用符、そろった字下げ",
  MULTILINE_IMPLICIT_KEY: "「名前: 値」の形",
  TAB_AS_INDENT: "字下げはタブでなく半角の空白",
};

function describeSyntax({ code, linePos }: YAMLParseError, text: string): string {
  const line = linePos?.[0].line ?? 1;
  const read = shorten(JSON.stringify(text.split("\n")[line - 1] ?? ""));
  const expected = SYNTAX[code] ?? "YAML の書き方。字下げ、括弧、引用符を確かめてください";
  return `${line} 行目 … YAML として読めません。読んだもの: ${read}、期待: ${expected}。`;
}
