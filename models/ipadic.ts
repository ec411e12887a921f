import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { ModelError } from "../pipeline/errors.ts";

/** The dictionary as kuromoji packs it, read by ourselves: its own reader makes an object of each word, 300 MB of them. */
export type Ipadic = {
  /** A double array over the bytes of UTF-8; where a key ends, 0 leads to a base of the key's number, less 1 and negated. */
  readonly base: Int32Array;
  readonly check: Int32Array;
  /** By a key's number: where in `homographs` its words are counted and then named. */
  readonly keyAt: Int32Array;
  readonly homographs: Int32Array;
  readonly known: Words;
  readonly unknown: Words;
  /** `costs[right * leftIds + left + 2]` is what a left id costs behind a right id; before them stand how many there are. */
  readonly costs: Int16Array;
  /** By UTF-16 unit. */
  readonly classOf: Uint8Array;
  readonly classes: readonly CharacterClass[];
};

/** Five numbers a word, from twice its name's place on: left id, right id, cost, and in two halves where its line is. */
export type Words = { readonly numbers: Int16Array; readonly lines: Buffer };

/** How a run of characters is taken for a word. */
export type CharacterClass = {
  /** Also where a word of the dictionary begins. */
  readonly isAlways: boolean;
  /** All that follows of the same class belongs to it. */
  readonly isGrouped: boolean;
  /** Names of the unknown words. */
  readonly words: Int32Array;
};

/** @throws ModelError where a file is missing or broken */
export async function readIpadic(): Promise<Ipadic> {
  const home = dirname(createRequire(import.meta.url).resolve("kuromoji/package.json"));
  const folder = join(home, "dict");
  const read = async (name: string): Promise<Buffer> =>
    await promisify(gunzip)(await readFile(join(folder, `${name}.dat.gz`)));
  try {
    const [trie, costs, known, homographs, unknown, classOf] = await Promise.all([
      Promise.all([read("base"), read("check")]),
      read("cc"),
      readWords(read, "tid"),
      read("tid_map").then(asInt32),
      readWords(read, "unk"),
      read("unk_char"),
    ]);
    const classes = readClasses(await read("unk_invoke"), asInt32(await read("unk_map")));
    const [base, check] = [asInt32(trie[0]), asInt32(trie[1])];
    const keyAt = placesOf(homographs);
    return {
      base,
      check,
      keyAt,
      homographs,
      known,
      unknown,
      costs: asInt16(costs),
      classOf,
      classes,
    };
  } catch (cause) {
    throw new ModelError(`形態素解析の辞書を読めません: ${folder}`, { cause });
  }
}

async function readWords(read: (name: string) => Promise<Buffer>, name: string): Promise<Words> {
  const [numbers, lines] = await Promise.all([read(name), read(`${name}_pos`)]);
  return { numbers: asInt16(numbers), lines };
}

/** The base form and parts of speech of a word: surface, four levels of parts of speech, two of forms, base form. */
export function lineOf({ numbers, lines }: Words, name: number): string[] {
  const at = name / 2;
  const start = ((numbers[at + 3] ?? 0) & 0xffff) | ((numbers[at + 4] ?? 0) << 16);
  return lines.toString("utf8", start, lines.indexOf(0, start)).split(",");
}

/** In a table of a count of keys, then of each its number, how many values it has, and those. */
function placesOf(table: Int32Array): Int32Array {
  const places: number[] = [];
  let at = 1;
  for (let key = 0; key < (table[0] ?? 0); key += 1) {
    places[table[at] ?? 0] = at + 1;
    at += 2 + (table[at + 1] ?? 0);
  }
  return Int32Array.from(places);
}

/** Two flags, a length that kuromoji does not read, and a name that ends with 0; behind the last all is 0. */
function readClasses(bytes: Buffer, words: Int32Array): CharacterClass[] {
  const classes: CharacterClass[] = [];
  const places = placesOf(words);
  for (let at = 0; bytes[at + 6] !== 0; at = bytes.indexOf(0, at + 6) + 1) {
    const place = places[classes.length] ?? 0;
    classes.push({
      isAlways: bytes[at] === 1,
      isGrouped: bytes[at + 1] === 1,
      words: words.subarray(place + 1, place + 1 + (words[place] ?? 0)),
    });
  }
  return classes;
}

function asInt32(bytes: Buffer): Int32Array {
  return new Int32Array(ownBytes(bytes));
}

function asInt16(bytes: Buffer): Int16Array {
  return new Int16Array(ownBytes(bytes));
}

/** Little-endian, as the machines are that ONNX Runtime runs on. A copy: numbers have to begin at multiples of their size. */
function ownBytes({ buffer, byteOffset, length }: Buffer): ArrayBufferLike {
  return buffer.slice(byteOffset, byteOffset + length);
}
