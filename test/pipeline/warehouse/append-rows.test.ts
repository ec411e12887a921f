import { expect, test } from "vitest";
import { appendRows } from "../../../pipeline/warehouse/append-rows.ts";
import { inTransaction } from "../../../pipeline/warehouse/open-warehouse.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { tempFolder } from "../../support/temp-folder.ts";

test("rows that the database refuses say why, and leave nothing", async () => {
  const home = await openTestHome(tempFolder());
  const { connection } = home.warehouse;
  const refused = inTransaction(connection, () =>
    appendRows(connection, "terms", [
      [1, "駅"],
      [null, "道"],
    ]),
  );
  await expect(refused).rejects.toThrow("NOT NULL constraint");
  const terms = await connection.runAndReadAll("select term from terms");
  expect(terms.getRowsJS()).toEqual([]);
  await home.close();
});
