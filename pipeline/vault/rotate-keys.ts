import type { Home } from "../home.ts";
import { changeKey } from "../home-file.ts";
import type { Keys } from "../keys.ts";
import { keepRaw } from "./keep-raw.ts";
import { rewrapKey } from "./seal-record.ts";

/**
 * Makes another master key home's. The vault comes first, then home's file, in one step each: a kill between the two
 * leaves a home of the old key whose vault waits for the new one, and the same call again ends it.
 *
 * @returns how many keys were wrapped anew
 */
export async function rotateKeys(home: Home, to: Keys): Promise<number> {
  const from = home.keys();
  await keepRaw(home);
  const vault = await home.vault();
  const count = await vault.rewrap({
    from: from.fingerprint,
    to: to.fingerprint,
    rewrap: (record) => rewrapKey(record, from, to),
  });
  changeKey(home.config.home, from, to);
  await vault.compact();
  return count;
}
