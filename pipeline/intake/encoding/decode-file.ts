import { changedFile } from "../files/byte-source.ts";
import { type Decoder, decoderFor } from "./encoding.ts";
import type { ProvenFile } from "./prove-encoding.ts";

/**
 * Yields the text of a file whose encoding is proven, without its byte order mark. Half a character at the
 * very end comes out as U+FFFD, the only one that decoding ever makes: see `CUT_OFF`.
 *
 * @param onBytes is told how far the file is read
 */
export async function* decodeFile(
  file: ProvenFile,
  {
    chunkBytes,
    onBytes = () => {},
  }: { chunkBytes?: number | undefined; onBytes?: (bytesRead: number) => void } = {},
): AsyncGenerator<string> {
  await file.bytes.refuseChanged();
  const decoder = decoderFor(file.encoding);
  const end = file.sizeBytes - file.cutOffBytes;
  let bytesRead = 0;
  for await (const bytes of file.bytes.read(chunkBytes)) {
    // A chunk may end inside the mark or the cut-off character.
    const start = Math.max(0, file.bomBytes - bytesRead);
    const text = decode(file, decoder, bytes.subarray(start, Math.max(start, end - bytesRead)));
    bytesRead += bytes.length;
    onBytes(bytesRead);
    yield text;
  }
  await file.bytes.refuseChanged();
  onBytes(file.sizeBytes);
  if (file.cutOffBytes > 0) yield CUT_OFF;
}

/** Stands for the cut-off character, so that the record it belonged to is seen to be hurt. */
const CUT_OFF = "\ufffd";

function decode(file: ProvenFile, decoder: Decoder, bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw changedFile(file.bytes.label, file.sizeBytes, cause);
  }
}
