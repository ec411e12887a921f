import { InputError } from "../../errors.ts";
import { decodeFile } from "../encoding/decode-file.ts";
import { type ProvenFile, proveEncoding } from "../encoding/prove-encoding.ts";
import type { ByteSource } from "../files/byte-source.ts";
import { type Format, guessFormat } from "../files/guess-format.ts";
import { readRecords } from "../read-records.ts";
import type { RecordSource } from "../record-source.ts";
import type { EncodingWish, SourceDescription } from "../source.ts";
import type { Names } from "../table/scan-delimited.ts";

/**
 * Proves the encoding of a text file and tells its format.
 *
 * @param said overrules the description's
 */
export async function textRecords(
  bytes: ByteSource,
  described: SourceDescription | undefined,
  said: { readonly encoding?: EncodingWish | undefined; readonly names?: Names | undefined } = {},
): Promise<RecordSource> {
  const wish = said.encoding ?? described?.encoding ?? "auto";
  const proven = await proveEncoding(bytes, { wish });
  const format = await formatOf(proven, described);
  const names = said.names ?? described?.names;
  const { path, label, name } = bytes;
  const { sha256, sizeBytes, bomBytes, encoding } = proven;
  return {
    path,
    label,
    name,
    sha256,
    encoding: encoding === "utf-8" && bomBytes > 0 ? "utf-8-bom" : encoding,
    format,
    sizeBytes,
    notes: [],
    read: (onBytes) => readRecords(proven, { format, names, onBytes }),
  };
}

async function formatOf(
  proven: ProvenFile,
  described: SourceDescription | undefined,
): Promise<Format> {
  if (described !== undefined && described.format !== "auto") return described.format;
  for await (const start of decodeFile(proven)) {
    if (/^\s*<(?:!|\?xml|html|table|head|body|meta)/i.test(start)) throw page(proven.bytes.label);
    return guessFormat(start);
  }
  return "csv";
}

/** Many systems call a page .xls, and Excel opens it. Others answer an export with the page of their login. */
function page(label: string): InputError {
  return new InputError(
    `${label}: 表のファイルではなく、HTML か XML のページです。Excel で表として開けるなら「Excel ブック（.xlsx）」で保存し直し、開けないなら元のシステムから書き出し直してください。`,
  );
}
