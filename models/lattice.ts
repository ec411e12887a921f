import { type Ipadic, lineOf, type Words } from "./ipadic.ts";

/** What the dictionary says of a word. */
export type Word = {
  readonly surface: string;
  readonly pos: string;
  readonly posDetail: string;
  readonly proper: string;
  /** "*" where it has none. */
  readonly base: string;
};

/**
 * Finds the cheapest way through all words that a text may be cut into: kuromoji's answer, word for word, without an
 * object for each word that it does not take. Where two ways cost the same, the one whose words were met first is taken.
 */
export class Lattice {
  readonly #dictionary: Ipadic;
  readonly #leftIds: number;
  /** By name: words are told apart by identity, and their lines are read once. */
  readonly #words = new Map<number, Word>();
  /** Best way to a left id at a place: its cost and last word, of use where `#boundAt` is the place. */
  readonly #boundAt: Int32Array;
  readonly #boundCost: Int32Array;
  readonly #boundNode: Int32Array;
  #visits = 0;
  /** Words that may be in the text, in the order in which they were met; the arrays are kept for the next. */
  #name = new Int32Array(0);
  #start = new Int32Array(0);
  #end = new Int32Array(0);
  #right = new Int32Array(0);
  /** Of the cheapest way that ends with it, and the word before it there. */
  #cost = new Int32Array(0);
  #previous = new Int32Array(0);
  /** The next that ends at the same place; by place, the first and the last of those. */
  #next = new Int32Array(0);
  #first = new Int32Array(0);
  #last = new Int32Array(0);
  #count = 0;
  #bytes = new Uint8Array(0);

  constructor(dictionary: Ipadic) {
    this.#dictionary = dictionary;
    this.#leftIds = dictionary.costs[1] ?? 0;
    this.#boundAt = new Int32Array(this.#leftIds);
    this.#boundCost = new Int32Array(this.#leftIds);
    this.#boundNode = new Int32Array(this.#leftIds);
  }

  /** @param text without surrogates and NUL, and short: what may be a word at each place is kept */
  cut(text: string): Word[] {
    const { length } = text;
    this.#begin(text);
    for (let at = 0, byte = 0; at < length; at += 1) {
      // No way leads into the middle of a run of unknown characters.
      if (at === 0 || this.#first[at] !== NONE) {
        this.#visits += 1;
        this.#addFrom(text, at, byte);
      }
      byte += bytesOf(text.charCodeAt(at));
    }
    this.#visits += 1;
    const words: Word[] = [];
    let node = this.#bind(0, length);
    while (node !== NONE) {
      const surface = text.slice(this.#start[node], this.#end[node]);
      words.push(this.#wordOf(this.#name[node] ?? 0, surface));
      node = this.#previous[node] ?? NONE;
    }
    return words.reverse();
  }

  #begin(text: string): void {
    if (this.#bytes.length < BYTES_A_UNIT * text.length) {
      this.#bytes = new Uint8Array(2 * BYTES_A_UNIT * text.length);
      this.#first = new Int32Array(2 * text.length + 1);
      this.#last = new Int32Array(2 * text.length + 1);
    }
    ENCODER.encodeInto(text, this.#bytes);
    this.#first.fill(NONE, 0, text.length + 1);
    this.#boundAt.fill(0);
    this.#visits = 0;
    this.#count = 0;
  }

  /** Adds all words that begin at a place, shortest first. */
  #addFrom(text: string, at: number, firstByte: number): void {
    const { base, check } = this.#dictionary;
    let node = 0;
    let byte = firstByte;
    let isKnown = false;
    for (let end = at + 1; end <= text.length; end += 1) {
      const until = byte + bytesOf(text.charCodeAt(end - 1));
      node = this.#follow(node, byte, until);
      if (node === NONE) break;
      byte = until;
      const leaf = base[node] ?? 0;
      if (check[leaf] !== node) continue;
      isKnown = true;
      this.#addKey(-(base[leaf] ?? 0) - 1, at, end);
    }
    this.#addUnknown(text, at, isKnown);
  }

  /** @returns where the bytes of one character lead in the double array */
  #follow(from: number, firstByte: number, until: number): number {
    const { base, check } = this.#dictionary;
    let node = from;
    for (let byte = firstByte; byte < until; byte += 1) {
      const child = (base[node] ?? 0) + (this.#bytes[byte] ?? 0);
      if (check[child] !== node) return NONE;
      node = child;
    }
    return node;
  }

  #addKey(key: number, at: number, end: number): void {
    const { keyAt, homographs, known } = this.#dictionary;
    const place = keyAt[key] ?? 0;
    const last = place + (homographs[place] ?? 0);
    for (let each = place + 1; each <= last; each += 1) {
      this.#add(known, homographs[each] ?? 0, at, end, 0);
    }
  }

  #addUnknown(text: string, at: number, isKnown: boolean): void {
    const { classOf, classes, unknown } = this.#dictionary;
    const own = classOf[text.charCodeAt(at)] ?? 0;
    const found = classes[own];
    if (found === undefined || (isKnown && !found.isAlways)) return;
    let end = at + 1;
    if (found.isGrouped) {
      while (end < text.length && classOf[text.charCodeAt(end)] === own) end += 1;
    }
    for (let index = 0; index < found.words.length; index += 1) {
      this.#add(unknown, found.words[index] ?? 0, at, end, UNKNOWN);
    }
  }

  #add({ numbers }: Words, name: number, at: number, end: number, kind: number): void {
    const place = name / 2;
    const left = numbers[place] ?? 0;
    const previous = this.#bind(left, at);
    const node = this.#count;
    this.#count += 1;
    if (node === this.#name.length) this.#grow();
    this.#name[node] = name | kind;
    this.#start[node] = at;
    this.#end[node] = end;
    this.#right[node] = numbers[place + 1] ?? 0;
    this.#cost[node] = (this.#boundCost[left] ?? 0) + (numbers[place + 2] ?? 0);
    this.#previous[node] = previous;
    this.#next[node] = NONE;
    if (this.#first[end] === NONE) this.#first[end] = node;
    else this.#next[this.#last[end] ?? 0] = node;
    this.#last[end] = node;
  }

  #grow(): void {
    const grown = (array: Int32Array) => {
      const longer = new Int32Array(2 * array.length + FEWEST_WORDS);
      longer.set(array);
      return longer;
    };
    this.#name = grown(this.#name);
    this.#start = grown(this.#start);
    this.#end = grown(this.#end);
    this.#right = grown(this.#right);
    this.#cost = grown(this.#cost);
    this.#previous = grown(this.#previous);
    this.#next = grown(this.#next);
  }

  /** @returns the word before a left id at this place; what both cost together is in `#boundCost` */
  #bind(left: number, at: number): number {
    if (this.#boundAt[left] === this.#visits) return this.#boundNode[left] ?? NONE;
    const { costs } = this.#dictionary;
    const leftIds = this.#leftIds;
    const [cost, right, next] = [this.#cost, this.#right, this.#next];
    const column = left + 2;
    // Before the first word stands what has the id 0 and costs nothing.
    let best = at === 0 ? (costs[column] ?? 0) : UNREACHED;
    let node = NONE;
    for (let each = this.#first[at] ?? NONE; each !== NONE; each = next[each] ?? NONE) {
      const all = (cost[each] ?? 0) + (costs[(right[each] ?? 0) * leftIds + column] ?? 0);
      if (all < best) {
        best = all;
        node = each;
      }
    }
    this.#boundAt[left] = this.#visits;
    this.#boundCost[left] = best;
    this.#boundNode[left] = node;
    return node;
  }

  #wordOf(name: number, surface: string): Word {
    const met = this.#words.get(name);
    if (met !== undefined) return name < UNKNOWN ? met : { ...met, surface };
    const { known, unknown } = this.#dictionary;
    const line = name < UNKNOWN ? lineOf(known, name) : lineOf(unknown, name - UNKNOWN);
    const [, pos = "", posDetail = "", proper = "", , , , base = "*"] = line;
    const word = { surface, pos, posDetail, proper, base };
    this.#words.set(name, word);
    return word;
  }
}

const NONE = -1;
/** Enough for most texts. */
const FEWEST_WORDS = 1024;
/** More than any way costs; an Int32Array holds it. */
const UNREACHED = 0x7fffffff;
/** Added to the names of unknown words. */
const UNKNOWN = 1 << 28;
const ENCODER = new TextEncoder();

/** In UTF-8. */
const BYTES_A_UNIT = 3;

function bytesOf(unit: number): number {
  if (unit < 0x80) return 1;
  return unit < 0x800 ? 2 : 3;
}
