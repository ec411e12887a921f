import { SaxesParser } from "saxes";
import { InputError } from "../../errors.ts";
import type { ByteSource } from "../files/byte-source.ts";

export type Attributes = Readonly<Record<string, string>>;

/** What a reader of one part of a workbook wants to be told. Names come without their prefix. */
export type XmlEvents = {
  open?(name: string, attributes: Attributes): void;
  close?(name: string): void;
  text?(text: string): void;
};

/**
 * Reads a part of a workbook as it is inflated, and yields after each piece, so that what was gathered can be handed on.
 * No entity but XML's own five is known, and none is looked up: a document type is refused, as no workbook has one.
 */
export async function* readXml(source: ByteSource, events: XmlEvents): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false, xmlns: false });
  let silentBytes = 0;
  let depth = 0;
  parser.on("opentag", ({ name, attributes }) => {
    silentBytes = 0;
    depth += 1;
    if (depth > DEEPEST_TAG) throw unreadable(source, "入れ子が深すぎます");
    events.open?.(localName(name), attributes);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    events.close?.(localName(name));
  });
  parser.on("text", (text) => events.text?.(text));
  parser.on("cdata", (text) => events.text?.(text));
  parser.on("doctype", () => {
    throw unreadable(source, "文書型宣言（DOCTYPE）があります");
  });
  parser.on("error", (cause) => {
    throw unreadable(source, "XML として読めません", cause);
  });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const bytes of source.read()) {
    silentBytes += bytes.length;
    if (silentBytes > LONGEST_TEXT_BYTES) throw unreadable(source, "ひとつのセルが大きすぎます");
    parser.write(decode(source, () => decoder.decode(bytes, { stream: true })));
    yield;
  }
  parser.write(decode(source, () => decoder.decode())).close();
  yield;
}

/** The parser holds a text until its end, however long it is. */
const LONGEST_TEXT_BYTES = 16 * 1024 ** 2;

/** The parser holds each open tag, too. A workbook's go ten deep, those of its extensions a little more. */
const DEEPEST_TAG = 256;

/** Reads all of a part that is small. */
export async function readWholeXml(source: ByteSource, events: XmlEvents): Promise<void> {
  for await (const _ of readXml(source, events));
}

/** Some writers give each tag a prefix: x:row. */
function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

function decode(source: ByteSource, read: () => string): string {
  try {
    return read();
  } catch (cause) {
    throw unreadable(source, "UTF-8 として読めません", cause);
  }
}

function unreadable({ label }: ByteSource, why: string, cause?: unknown): InputError {
  return new InputError(
    `${label}: ${why}。Excel で開けるなら「Excel ブック（.xlsx）」で保存し直してから取り込んでください。`,
    { cause },
  );
}
