export const ENCODINGS = [
  "utf-8",
  "cp932",
  "euc-jp",
  "iso-2022-jp",
  "utf-16le",
  "utf-16be",
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** For messages. */
export const ENCODING_WORDS: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  cp932: "CP932（Shift_JIS）",
  "euc-jp": "EUC-JP",
  "iso-2022-jp": "ISO-2022-JP（JIS）",
  "utf-16le": "UTF-16 LE",
  "utf-16be": "UTF-16 BE",
};

/** What a file was read as, for staff. */
export const READ_AS_WORDS: Readonly<Record<string, string>> = {
  ...ENCODING_WORDS,
  "utf-8-bom": "UTF-8（BOM 付き）",
  xlsx: "Excel",
};

export type Decoder = Pick<InstanceType<typeof TextDecoder>, "decode">;

/** Strict: throws where bytes are no text. A byte order mark is the caller's business. */
export function decoderFor(encoding: Encoding): Decoder {
  const name = encoding === "cp932" ? CP932 : encoding;
  const decoder = new TextDecoder(name, { fatal: true, ignoreBOM: true });
  return encoding === "euc-jp" ? withoutControls(decoder) : decoder;
}

/** Node's `shift_jis` is CP932: NEC and IBM rows included, 0x8160 is ～ and 0x5C stays a backslash. */
const CP932 = "shift_jis";

/** ICU makes control characters of bytes that are none of EUC-JP, and so reads some CP932 as it. */
function withoutControls(decoder: Decoder): Decoder {
  return {
    decode(bytes, options) {
      const text = decoder.decode(bytes, options);
      if (/[\u0080-\u009f]/.test(text)) throw new TypeError("not EUC-JP");
      return text;
    },
  };
}
