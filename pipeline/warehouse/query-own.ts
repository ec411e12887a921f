import { type DuckDBConnection, StatementType } from "@duckdb/node-api";
import { InputError, messageOf } from "../errors.ts";

export type OwnAnswer = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
};

export type OwnLimits = { readonly rows: number; readonly timeoutMs: number };

/**
 * Runs one SELECT that stands in a company's own file, with those of the parameters that it names. Its author is who
 * wrote the config; what a stranger typed does not come here.
 *
 * @param what names it in messages
 * @throws InputError where it is no single SELECT, fails, or takes too long
 */
export async function queryOwn(
  connection: DuckDBConnection,
  { sql, what, params }: { sql: string; what: string; params: Readonly<Record<string, string>> },
  limits: OwnLimits,
): Promise<OwnAnswer> {
  const timer = setTimeout(() => connection.interrupt(), limits.timeoutMs);
  try {
    return await run(connection, sql, params, limits.rows);
  } catch (cause) {
    throw new InputError(`${what} の SQL が動きません: ${messageOf(cause)}`, { cause });
  } finally {
    clearTimeout(timer);
  }
}

async function run(
  connection: DuckDBConnection,
  sql: string,
  params: Readonly<Record<string, string>>,
  mostRows: number,
): Promise<OwnAnswer> {
  const statements = await connection.extractStatements(sql);
  if (statements.count !== 1) throw new Error(`文が ${statements.count} 個あります（期待: 1 個）`);
  const prepared = await statements.prepare(0);
  try {
    if (prepared.statementType !== StatementType.SELECT) throw new Error("SELECT ではありません");
    for (let index = 1; index <= prepared.parameterCount; index += 1) {
      const name = prepared.parameterName(index);
      const value = params[name];
      if (value === undefined) throw new Error(`$${name} という値はありません`);
      prepared.bindVarchar(index, value);
    }
    const reader = await prepared.streamAndReadUntil(mostRows);
    return {
      columns: reader.deduplicatedColumnNames(),
      rows: reader
        .getRowsJS()
        .slice(0, mostRows)
        .map((row) => row.map(cellOf)),
    };
  } finally {
    prepared.destroySync();
  }
}

/** Days as 2025-08-03, instants as ISO text in UTC. */
function cellOf(value: unknown): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Date) return value.toISOString().replace("T00:00:00.000Z", "");
  return String(value);
}
