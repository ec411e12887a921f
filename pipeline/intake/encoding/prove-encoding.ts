import { createHash } from "node:crypto";
import { InputError } from "../../errors.ts";
import { sliceCodePoints } from "../../text/code-points.ts";
import { maskFileName } from "../../text/mask/mask-field.ts";
import { type ByteSource, firstBytes } from "../files/byte-source.ts";
import { quotePath } from "../files/quote-path.ts";
import { CHUNK_BYTES } from "../files/read-bytes.ts";
import type { EncodingWish } from "../source.ts";
import { decoderFor, ENCODING_WORDS, type Encoding } from "./encoding.ts";
import { EncodingCandidate } from "./encoding-candidate.ts";
import { findUndecodable } from "./find-undecodable.ts";
import { guessUtf16 } from "./guess-utf16.ts";

/** What one pass over every byte of a file has shown. */
export type ProvenFile = {
  readonly bytes: ByteSource;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly encoding: Encoding;
  /** Length of the byte order mark that the file begins with, or 0. */
  readonly bomBytes: number;
  /** Bytes of half a character at the very end, which are not decoded. */
  readonly cutOffBytes: number;
};

/**
 * Finds the encoding by decoding the whole file without loss, and its SHA-256 on the same way.
 * A character cut off at the end of the file is tolerated, so that the records before it are read.
 *
 * @throws InputError where no candidate decodes the file; it names the first bad byte for each. And where kana cannot
 *   settle which of two does
 */
export async function proveEncoding(
  bytes: ByteSource,
  { wish = "auto", chunkBytes = CHUNK_BYTES }: { wish?: EncodingWish; chunkBytes?: number } = {},
): Promise<ProvenFile> {
  const { bomBytes, encodings } = await inspectStart(bytes, wish);
  const candidates = encodings.map((name) => new EncodingCandidate(name, bomBytes));
  const hash = createHash("sha256");
  let at = 0;
  for await (const chunk of bytes.read(chunkBytes)) {
    hash.update(chunk);
    // A chunk may end inside the mark, so what lies before the text is cut by position.
    const text = chunk.subarray(Math.max(0, bomBytes - at));
    for (const candidate of candidates) candidate.feed(text);
    at += chunk.length;
  }
  for (const candidate of candidates) candidate.finish();
  const proven = choose(candidates);
  if (proven === undefined) throw await undecodable(bytes, candidates);
  if (couldBeEither(proven, candidates)) throw await undecided(bytes);
  return {
    bytes,
    sha256: hash.digest("hex"),
    sizeBytes: at,
    encoding: proven.name,
    bomBytes,
    cutOffBytes: proven.cutOffBytes,
  };
}

/**
 * A whole decode wins over one with half a character at the end, unless that one has proved itself before: cut UTF-8
 * can look like whole CP932, the reverse hardly happens. Most EUC-JP is CP932 too, of half-width kana, so kana decide;
 * ISO-2022-JP is ASCII to all others, so it comes first.
 */
function choose(candidates: readonly EncodingCandidate[]): EncodingCandidate | undefined {
  const able = candidates.filter(({ failed }) => !failed);
  const seen = (name: Encoding) => able.find((one) => one.name === name && one.sawMultibyte);
  const euc = able.find((one) => one.name === "euc-jp" && one.isJapanese());
  const proved = seen("utf-8") ?? seen("iso-2022-jp") ?? euc;
  if (proved !== undefined) return proved;
  if (hasBrokenJis(candidates)) return undefined;
  return able.find(({ cutOffBytes }) => cutOffBytes === 0) ?? able[0];
}

/** Half-width kana of CP932 by the pair are kanji of EUC-JP. */
function couldBeEither(proven: EncodingCandidate, candidates: readonly EncodingCandidate[]) {
  const euc = candidates.find(({ name }) => name === "euc-jp");
  if (euc === undefined || euc.failed || euc.cutOffBytes > 0) return false;
  return proven.name === "cp932" && proven.isHalfKana();
}

/** Only a person can tell. */
async function undecided(source: ByteSource): Promise<InputError> {
  const start = Buffer.from(await firstBytes(source, LOOKED_AT_BYTES));
  const from =
    start.lastIndexOf(
      0x0a,
      start.findIndex((byte) => byte >= 0x80),
    ) + 1;
  const end = start.indexOf(0x0a, from);
  const line = start.subarray(from, end < 0 ? undefined : end);
  const readings = EITHER.map((name) => {
    const text = decoderFor(name).decode(line, { stream: true }).trim();
    // A customer may stand in it, and this goes to reports beside the inbox.
    const shown = sliceCodePoints(maskFileName(text), 0, SHOWN);
    return `  ${name} なら: ${shown}`;
  });
  return new InputError(
    [
      `${source.label}: 文字コードが ${EITHER.map((name) => ENCODING_WORDS[name]).join(" とも ")} とも読めて、決められません。`,
      ...readings,
      "正しく読めているほうを指定してください（説明があるときは、その encoding に書いても同じです）:",
      `kizuki import ${quotePath(source.path)} --encoding ${EITHER.join(" または ")}`,
    ].join("\n"),
  );
}

const EITHER = ["cp932", "euc-jp"] as const;
/** In code points. */
const SHOWN = 40;

/** To every other encoding it is ASCII, and would be loaded as such. */
function hasBrokenJis(candidates: readonly EncodingCandidate[]): boolean {
  const hasFailed = candidates.some(({ name, failed }) => name === "iso-2022-jp" && failed);
  return hasFailed && candidates.some(({ sawJisEscape }) => sawJisEscape);
}

/** The encodings that have a mark; a mark leaves no doubt. */
const MARKS: readonly { readonly encoding: Encoding; readonly bytes: readonly number[] }[] = [
  { encoding: "utf-8", bytes: [0xef, 0xbb, 0xbf] },
  { encoding: "utf-16le", bytes: [0xff, 0xfe] },
  { encoding: "utf-16be", bytes: [0xfe, 0xff] },
];

/** Enough of a text to see UTF-16 by. */
const LOOKED_AT_BYTES = 4096;

type Start = { readonly bomBytes: number; readonly encodings: readonly Encoding[] };

/** @returns the encodings that the file's first bytes leave open */
async function inspectStart(source: ByteSource, wish: EncodingWish): Promise<Start> {
  const first = await firstBytes(source, LOOKED_AT_BYTES);
  const mark = MARKS.find(({ bytes }) => bytes.every((byte, index) => first[index] === byte));
  if (mark === undefined) {
    if (wish !== "auto") return { bomBytes: 0, encodings: [wish] };
    const utf16 = guessUtf16(first);
    return { bomBytes: 0, encodings: utf16 === undefined ? WITHOUT_MARK : [utf16] };
  }
  if (wish !== "auto" && wish !== mark.encoding) {
    throw new InputError(
      `${source.label}: 先頭に ${ENCODING_WORDS[mark.encoding]} の印（BOM）がありますが、説明の encoding は ${wish} です。auto か ${mark.encoding} にしてください。`,
    );
  }
  return { bomBytes: mark.bytes.length, encodings: [mark.encoding] };
}

const WITHOUT_MARK = ["utf-8", "cp932", "euc-jp", "iso-2022-jp"] as const;

async function undecodable(
  source: ByteSource,
  candidates: readonly EncodingCandidate[],
): Promise<InputError> {
  const faults: string[] = [];
  for (const { name, decodedUntil } of worthTelling(candidates)) {
    const { offset, line, byte } = await findUndecodable(source, { encoding: name, decodedUntil });
    const shown = byte.toString(16).toUpperCase().padStart(2, "0");
    faults.push(
      `${ENCODING_WORDS[name]} としては ${offset} バイト目（${line} 行目、0x${shown}）で読めなくなります`,
    );
  }
  return new InputError(
    `${source.label}: 文字コードがわかりません。${faults.join("。")}。バイトは 0 から、行は 1 から数えています。` +
      "UTF-8 で保存し直すか、送り手に文字コードを確かめてください。",
  );
}

/** UTF-8, and of the others the one that went the furthest. */
function worthTelling(candidates: readonly EncodingCandidate[]): readonly EncodingCandidate[] {
  if (hasBrokenJis(candidates)) return candidates.filter(({ name }) => name === "iso-2022-jp");
  const [first, ...others] = candidates;
  const furthest = others.reduce<EncodingCandidate | undefined>(
    (best, one) => (best === undefined || one.decodedUntil > best.decodedUntil ? one : best),
    undefined,
  );
  return [first, furthest].filter((one) => one !== undefined);
}
