import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { StorageError } from "../errors.ts";
import type { Keys } from "../keys.ts";
import type { Seal } from "./frame.ts";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM: nonce, tag, ciphertext. The place is bound in: what is sealed says nothing in another. */
export function sealWithKey(key: Buffer): Seal {
  return {
    seal(plain, aad) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(aad);
      const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed, aad) {
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, NONCE_BYTES));
        decipher.setAAD(aad).setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([
          decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
          decipher.final(),
        ]);
      } catch (cause) {
        throw new StorageError(
          "封をした記録を開けません。鍵が違うか、ファイルが書き換えられています。`kizuki doctor` で鍵を確かめてください。",
          { cause },
        );
      }
    },
  };
}

/** Seals with the present key of `voc.raw`; opens with whichever it was. */
export function sealWithKeys({ raw, older }: Pick<Keys, "raw" | "older">): Seal {
  const present = sealWithKey(raw);
  const all = [present, ...older.map((key) => sealWithKey(key.raw))];
  return {
    seal: present.seal,
    open(sealed, aad) {
      for (const seal of all.slice(0, -1)) {
        try {
          return seal.open(sealed, aad);
        } catch (cause) {
          if (!(cause instanceof StorageError)) throw cause;
        }
      }
      return (all.at(-1) ?? present).open(sealed, aad);
    },
  };
}
