import { decoderFor, type Encoding } from "../intake/encoding/encoding.ts";

const LINE_FEED = 0x0a;
/** As Windows writes Japanese text, unless it says otherwise, is the second. */
const ENCODINGS: readonly Encoding[] = ["utf-8", "cp932"];

/** Lines of a stream in groups, in order, without their line ends and without a byte order mark. */
export async function* readLineGroups(
  input: NodeJS.ReadableStream,
  size: number,
): AsyncGenerator<string[]> {
  let group: string[] = [];
  let isFirst = true;
  for await (const bytes of splitLines(input)) {
    const line = decodeLine(bytes).replace(/\r$/, "");
    group.push(isFirst ? line.replace(/^\ufeff/, "") : line);
    isFirst = false;
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

/** No encoding that is read here has a line feed inside a character. */
async function* splitLines(input: NodeJS.ReadableStream): AsyncGenerator<Buffer> {
  let begun: Buffer[] = [];
  for await (const piece of input) {
    const chunk = Buffer.from(piece);
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, start)) {
      yield Buffer.concat([...begun, chunk.subarray(start, end)]);
      begun = [];
      start = end + 1;
    }
    if (start < chunk.length) begun.push(chunk.subarray(start));
  }
  if (begun.length > 0) yield Buffer.concat(begun);
}

/** Each line by itself, so that nothing need be held back; what no encoding reads gets replacement characters. */
function decodeLine(bytes: Buffer): string {
  for (const encoding of ENCODINGS) {
    try {
      return decoderFor(encoding).decode(bytes);
    } catch {
      // The next one.
    }
  }
  return bytes.toString("utf8");
}
