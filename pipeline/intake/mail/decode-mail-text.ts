/** Names that mail programs write and the standard of the web does not know. */
const ALIASES: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  ms932: "shift_jis",
  "windows-932": "shift_jis",
  "iso-2022-jp-ms": "iso-2022-jp",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  "utf-8n": "utf-8",
  utf8n: "utf-8",
  "unicode-1-1-utf-8": "utf-8",
};

const ESC = String.fromCharCode(0x1b);
/** JIS switches its character set by these; one straight behind another has switched nothing. */
const EMPTY_SWITCH = new RegExp(`${ESC}(?:\\([BJI]|\\$[@B])(?=${ESC}[($])`, "g");
const JIS = new RegExp(`${ESC}(?:\\([JI]|\\$[@B])`);

/**
 * Makes text of a mail's bytes. The stated character set is often wrong or not there: JIS is tried first where its
 * switches stand, then what is stated, UTF-8, CP932. Only what reads without loss counts.
 *
 * @returns undefined where none does
 */
export function decodeMailText(bytes: Buffer, charset: string | undefined): string | undefined {
  const stated = (charset ?? "us-ascii").trim().toLowerCase();
  const name = ALIASES[stated] ?? stated;
  const isJis = JIS.test(bytes.toString("latin1"));
  // By the standard of the web us-ascii is windows-1252, which reads everything, as nonsense.
  const isPlain =
    /^(?:us-?ascii|ansi_x3\.4-1968|iso-8859-1|latin1|windows-1252|x-unknown|unknown.*)$/.test(name);
  const names = [
    ...(isJis ? ["iso-2022-jp"] : []),
    ...(isPlain ? [] : [name]),
    "utf-8",
    "shift_jis",
  ];
  for (const candidate of names) {
    const text = decodeStrictly(bytes, candidate);
    if (text !== undefined) return text;
  }
  return isPlain ? bytes.toString("latin1") : undefined;
}

function decodeStrictly(bytes: Buffer, name: string): string | undefined {
  try {
    const decoder = new TextDecoder(name, { fatal: true });
    if (decoder.encoding !== "iso-2022-jp") return decoder.decode(bytes);
    const switched = bytes.toString("latin1").replace(EMPTY_SWITCH, "");
    return decoder.decode(Buffer.from(switched, "latin1"));
  } catch {
    // A RangeError where the name is unknown, a TypeError where the bytes are no such text.
    return undefined;
  }
}
