import type { Encoding } from "../../../pipeline/intake/encoding/encoding.ts";
import { cp932Bytes, tableOf } from "./cp932-bytes.ts";

const eucBytesOf = tableOf("euc-jp");

/** Node can read these encodings and write none but UTF-8 and UTF-16 LE. */
export function japaneseBytes(text: string, encoding: Encoding): Uint8Array {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "cp932") return cp932Bytes(text);
  if (encoding === "utf-16le") return Buffer.from(text, "utf16le");
  if (encoding === "utf-16be") return Buffer.from(text, "utf16le").swap16();
  return encoding === "euc-jp" ? Uint8Array.from([...text].flatMap(eucBytes)) : jisBytes(text);
}

function eucBytes(character: string): readonly number[] {
  const bytes = eucBytesOf.get(character);
  if (bytes === undefined) throw new Error(`${character} is not in EUC-JP`);
  return bytes;
}

/** As mail programs write it: back to ASCII before each ASCII character. */
function jisBytes(text: string): Uint8Array {
  const runs = text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? [];
  return Buffer.concat(
    runs.map((run) => {
      if (run < "\x80") return Buffer.from(run);
      const pairs = [...run].flatMap(eucBytes).map((byte) => byte & 0x7f);
      return Buffer.from([0x1b, 0x24, 0x42, ...pairs, 0x1b, 0x28, 0x42]);
    }),
  );
}
