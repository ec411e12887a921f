import type { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";

const Special = z.object({ SpecialToken: z.object({ id: z.string() }) });
const Sequence = z.object({ Sequence: z.object({ id: z.literal("A") }) });

/** The tokenizer of an encoder such as XLM-R or E5. Of any other the library's own reading is asked. */
const UnigramFile = z.object({
  added_tokens: z.array(z.object({ content: z.string(), normalized: z.literal(false) })),
  pre_tokenizer: z.object({ type: z.literal("Metaspace"), prepend_scheme: z.literal("always") }),
  post_processor: z.object({
    type: z.literal("TemplateProcessing"),
    single: z.tuple([Special, Sequence, Special]),
    special_tokens: z.record(z.string(), z.object({ ids: z.tuple([z.number()]) })),
  }),
  model: z.object({
    type: z.literal("Unigram"),
    unk_id: z.number(),
    vocab: z.array(z.tuple([z.string(), z.number()])),
  }),
});

/** What the tokenizer's own settings must not ask for beside. */
const UnigramConfig = z.object({
  remove_space: z.literal(false).optional(),
  do_lowercase_and_remove_accent: z.literal(false).optional(),
});

/**
 * Cuts a text into the likeliest row of pieces, as the library does, piece for piece, in a seventh of its time: no object
 * for a piece that is not taken.
 *
 * @returns undefined where the files ask for something else
 */
export function unigramOf(
  files: { readonly tokenizer: object; readonly config: object },
  library: Tokenizer,
): ((text: string) => number[]) | undefined {
  const read = UnigramFile.safeParse(files.tokenizer);
  if (!read.success || !UnigramConfig.safeParse(files.config).success) return undefined;
  const { added_tokens, post_processor, model } = read.data;
  const [first, , last] = post_processor.single;
  const [begin, end] = [first, last].map(
    ({ SpecialToken: { id } }) => post_processor.special_tokens[id]?.ids[0],
  );
  if (begin === undefined || end === undefined) return undefined;
  const pieces = new Pieces(model.vocab, model.unk_id);
  const special = added_tokens.map(({ content }) => content);
  return (text) => {
    // What a text spells out, 「<s>」, the library cuts out before it normalises.
    if (special.some((content) => text.includes(content))) return library.encode(text).ids;
    const normal = library.normalizer === null ? text : library.normalizer(text);
    if (normal === "") return [begin, end];
    const spaced = normal.replaceAll(" ", SPACE);
    return [begin, ...pieces.cut(spaced.startsWith(SPACE) ? spaced : SPACE + spaced), end];
  };
}

/** What stands for a blank in the pieces. */
const SPACE = "▁";

/** Of an unknown character, below the unlikeliest piece. */
const UNKNOWN_PENALTY = 10;

class Pieces {
  readonly #scores: Float64Array;
  readonly #unknown: number;
  readonly #tree: Tree;
  /** Pieces that may be in the text, in the order in which they begin; the arrays are kept for the next. */
  readonly #piece: number[] = [];
  readonly #start: number[] = [];
  /** Of the likeliest row that ends with it, and the piece before it there. */
  readonly #score: number[] = [];
  readonly #previous: number[] = [];
  /** The next that ends at the same place; by place, the first and the last of those. */
  readonly #next: number[] = [];
  readonly #first: number[] = [];
  readonly #last: number[] = [];
  #count = 0;

  constructor(vocabulary: readonly (readonly [string, number])[], unknown: number) {
    this.#scores = Float64Array.from(vocabulary, ([, score]) => score);
    this.#unknown = unknown;
    const least = this.#scores.reduce((one, other) => Math.min(one, other), Infinity);
    this.#scores[unknown] = least - UNKNOWN_PENALTY;
    this.#tree = new Tree(vocabulary.map(([piece]) => piece));
  }

  /** @returns ids of the pieces; unknown characters in a row are one */
  cut(text: string): number[] {
    this.#count = 0;
    for (let place = 0; place <= text.length; place += 1) this.#first[place] = NONE;
    for (let place = 0; place < text.length; place += charLength(text, place)) {
      this.#addFrom(text, place);
    }
    const ids: number[] = [];
    let [piece] = this.#likeliest(text.length, 0);
    while (piece !== NONE) {
      const id = this.#piece[piece] ?? 0;
      if (id !== this.#unknown || ids.at(-1) !== id) ids.push(id);
      piece = this.#previous[piece] ?? NONE;
    }
    return ids.reverse();
  }

  #addFrom(text: string, start: number): void {
    const single = start + charLength(text, start);
    let hasSingle = false;
    let node = 0;
    for (let end = start + 1; end <= text.length; end += 1) {
      node = this.#tree.childOf(node, text.charCodeAt(end - 1));
      if (node === NONE) break;
      const id = this.#tree.pieceAt[node] ?? NONE;
      if (id === NONE) continue;
      if (end === single) hasSingle = true;
      this.#add(id, start, end);
    }
    if (!hasSingle) this.#add(this.#unknown, start, single);
  }

  #add(id: number, start: number, end: number): void {
    const at = this.#count;
    this.#count += 1;
    [this.#previous[at], this.#score[at]] = this.#likeliest(start, this.#scores[id] ?? 0);
    this.#piece[at] = id;
    this.#start[at] = start;
    this.#next[at] = NONE;
    if (this.#first[end] === NONE) this.#first[end] = at;
    else this.#next[this.#last[end] ?? 0] = at;
    this.#last[end] = at;
  }

  /** Scores are compared with the next piece's in them: a sum's last digit depends on it, and ties on that. */
  #likeliest(place: number, score: number): [piece: number, score: number] {
    let best = place === 0 ? score : -Infinity;
    let piece = NONE;
    for (let at = this.#first[place] ?? NONE; at !== NONE; at = this.#next[at] ?? NONE) {
      const sum = (this.#score[at] ?? 0) + score;
      if (sum > best) {
        best = sum;
        piece = at;
      }
    }
    return [piece, best];
  }
}

const NONE = -1;

function charLength(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** Of words by UTF-16 units, in open addressing: a slot holds a node and a unit in one number, and beside it the child. */
class Tree {
  /** By node: the word that ends there. */
  readonly pieceAt: number[] = [NONE];
  readonly #edges: Float64Array;
  readonly #children: Int32Array;

  constructor(words: readonly string[]) {
    const units = words.reduce((sum, { length }) => sum + length, 0);
    const slots = 2 ** Math.ceil(Math.log2(2 * units + 2));
    this.#edges = new Float64Array(slots).fill(NONE);
    this.#children = new Int32Array(slots);
    for (const [id, word] of words.entries()) {
      let node = 0;
      for (let at = 0; at < word.length; at += 1) node = this.#grow(node, word.charCodeAt(at));
      this.pieceAt[node] = id;
    }
  }

  /** @returns NONE where no word goes on so */
  childOf(node: number, unit: number): number {
    const slot = this.#slotOf(node, unit);
    return this.#edges[slot] === NONE ? NONE : (this.#children[slot] ?? NONE);
  }

  #grow(node: number, unit: number): number {
    const slot = this.#slotOf(node, unit);
    if (this.#edges[slot] === NONE) {
      this.#edges[slot] = node * UNITS + unit;
      this.#children[slot] = this.pieceAt.length;
      this.pieceAt.push(NONE);
    }
    return this.#children[slot] ?? NONE;
  }

  #slotOf(node: number, unit: number): number {
    const edge = node * UNITS + unit;
    const last = this.#edges.length - 1;
    const mixed = Math.imul(Math.imul(node, 0x9e3779b1) ^ unit, 0x85ebca6b);
    let slot = (mixed ^ (mixed >>> 15)) & last;
    while (this.#edges[slot] !== NONE && this.#edges[slot] !== edge) slot = (slot + 1) & last;
    return slot;
  }
}

const UNITS = 2 ** 16;
