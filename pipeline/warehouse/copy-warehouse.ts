import { StorageError } from "../errors.ts";
import { sync } from "../sync-files.ts";
import { attachCopy } from "./attach-copy.ts";
import { inTransaction, type Warehouse } from "./open-warehouse.ts";
import { probeWarehouse } from "./probe-warehouse.ts";
import { sqlText } from "./query.ts";

/**
 * Copies a warehouse whole into a new file, all tables as they were at one moment; it is loaded meanwhile.
 *
 * @param options.giveUp ends it; the file is not whole then
 * @throws StorageError where the copy cannot be read
 */
export async function copyWarehouse(
  warehouse: Warehouse,
  options: { readonly file: string; readonly giveUp: AbortSignal },
): Promise<void> {
  const { file, giveUp } = options;
  const copy = { file, from: "warehouse", to: "snapshot", giveUp };
  await warehouse.apart((connection) =>
    attachCopy(connection, copy, async () => {
      giveUp.throwIfAborted();
      await inTransaction(connection, async () => {
        await connection.run(sqlText("snapshot/copy_tables.sql"));
        await connection.run(sqlText("snapshot/copy_private.sql"));
      });
    }),
  );
  await proveCopy(file);
}

/** @throws StorageError where it cannot be read */
export async function proveCopy(file: string): Promise<void> {
  await sync(file);
  const { found } = await probeWarehouse(file);
  if (found === "sound") return;
  throw new StorageError(
    `控えのデータベース ${file} を開けません（${found}）。この控えは使えません。`,
  );
}
