import { InputError } from "../errors.ts";
import { decoderFor } from "./encoding.ts";
import type { ProvenFile } from "./prove-encoding.ts";
import { CHUNK_BYTES, readBytes, statFile } from "./read-bytes.ts";

/**
 * Yields the text of a file whose encoding is proven, without its byte order mark. Half a character at the
 * very end comes out as U+FFFD, the only one that decoding ever makes: see `CUT_OFF`.
 *
 * @param onBytes is told how far the file is read
 */
export async function* decodeFile(
  file: ProvenFile,
  {
    chunkBytes = CHUNK_BYTES,
    onBytes = () => {},
  }: { chunkBytes?: number; onBytes?: (bytesRead: number) => void } = {},
): AsyncGenerator<string> {
  await refuseChanged(file);
  const decoder = decoderFor(file.encoding);
  const end = file.sizeBytes - file.cutOffBytes;
  let bytesRead = file.bomBytes;
  for await (const bytes of readBytes(file.path, { start: bytesRead, end, chunkBytes })) {
    const text = decode(file, decoder, bytes);
    bytesRead += bytes.length;
    onBytes(bytesRead);
    yield text;
  }
  await refuseChanged(file);
  onBytes(file.sizeBytes);
  if (file.cutOffBytes > 0) yield CUT_OFF;
}

/** Stands for the cut-off character, so that the record it belonged to is seen to be hurt. */
const CUT_OFF = "\ufffd";

function decode(
  file: ProvenFile,
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
): string {
  try {
    return decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw changed(file, cause);
  }
}

/** Record numbers mean something only while the bytes are those that were hashed. */
async function refuseChanged(file: ProvenFile): Promise<void> {
  const { sizeBytes, modifiedMs } = await statFile(file.path);
  if (sizeBytes !== file.sizeBytes || modifiedMs !== file.modifiedMs) throw changed(file);
}

function changed(file: ProvenFile, cause?: unknown): InputError {
  return new InputError(
    `${file.path}: 読んでいる間にファイルが変わりました（調べた時は ${file.sizeBytes} バイト）。` +
      "書き出しが終わってから、もう一度取り込んでください。",
    { cause },
  );
}
