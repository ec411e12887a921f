export type Encoding = "utf-8" | "cp932";

/** Strict: throws where bytes are no text. A byte order mark is the caller's business. */
export function decoderFor(encoding: Encoding): InstanceType<typeof TextDecoder> {
  return new TextDecoder(DECODER_NAME[encoding], { fatal: true, ignoreBOM: true });
}

/** Node's `shift_jis` is CP932: NEC and IBM rows included, 0x8160 is ～ and 0x5C stays a backslash. */
const DECODER_NAME = { "utf-8": "utf-8", cp932: "shift_jis" } as const;
