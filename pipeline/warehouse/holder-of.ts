import { messageOf } from "../errors.ts";

/** Which process DuckDB says holds a file's lock. @returns undefined where that is not what it says */
export function holderOf(cause: unknown): string | undefined {
  const message = messageOf(cause);
  if (!/Could not set lock|Conflicting lock/.test(message)) return undefined;
  return /PID (\d+)/.exec(message)?.[1] ?? "不明";
}
