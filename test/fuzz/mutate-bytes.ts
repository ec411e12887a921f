import fc from "fast-check";

/** One change of a file, at a share of its length. */
type Mutation = {
  readonly kind: "flip" | "insert" | "delete" | "repeat" | "cut";
  readonly at: number;
  readonly length: number;
  readonly bytes: Uint8Array;
};

/** What breaks readers: quotes, line ends, marks, halves of characters, escapes, ends of files. */
const HARD = [
  ...['"', ",", "\t", "\r", "\n", "\0", "\ufeff", "\u001a", "{", "}", "[", "]", "\\", "\\ud83d"],
  ...["<", ">", "&", "&#0;", "]]>", "PK\u0003\u0004", "\u001b$B", "\u001b(B", "縺", "😀", "1E+12"],
].map((text) => Buffer.from(text));
const HALVES = [0x80, 0x82, 0x8e, 0x8f, 0xe3, 0xed, 0xf0, 0xff].map((byte) => Uint8Array.of(byte));

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("flip", "insert", "delete", "repeat", "cut"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 40 }),
  bytes: fc.oneof(fc.constantFrom(...HARD, ...HALVES), fc.uint8Array({ maxLength: 8 })),
});

/** @returns the bytes with some changes, mostly few */
export function mutated(original: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(original, fc.array(mutation, { maxLength: 6 }))
    .map(([bytes, mutations]) => mutations.reduce(change, bytes));
}

function change(bytes: Uint8Array, { kind, at, length, bytes: other }: Mutation): Uint8Array {
  const start = Math.floor(at * bytes.length);
  const [before, after] = [bytes.subarray(0, start), bytes.subarray(start)];
  if (kind === "insert") return Buffer.concat([before, other, after]);
  if (kind === "delete") return Buffer.concat([before, after.subarray(length)]);
  if (kind === "repeat") return Buffer.concat([before, after.subarray(0, length), after]);
  if (kind === "flip") return Buffer.concat([before, other, after.subarray(other.length)]);
  // A whole file is worth more than its beginning.
  return length < 10 ? before : bytes;
}
