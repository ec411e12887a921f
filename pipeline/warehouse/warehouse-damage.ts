import { messageOf, StorageError } from "../errors.ts";

/** What DuckDB says of a file, or of its write-ahead log, whose bytes are not those that it wrote. */
const DAMAGE =
  /Corrupt (?:database|WAL)|checksum|not a valid DuckDB|Could not read enough bytes|Serialization Error|replaying WAL/;

/** Tells damage by its cure. @returns the cause itself where it is something else */
export function asDamage(cause: unknown, what = "データベース"): unknown {
  const message = messageOf(cause);
  if (cause instanceof StorageError || !DAMAGE.test(message)) return cause;
  return new StorageError(
    `${what} が壊れています（${message}）。kizuki rebuild で、home/log の記録から作り直せます。声も報告書も気づきも戻り、いまのファイルは別の名前で残ります。`,
    { cause },
  );
}
