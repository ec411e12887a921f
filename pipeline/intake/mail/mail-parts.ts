import type { MessageStructureObject } from "imapflow";

export type MailParts = {
  /** The part with the sender's words: the first plain text, else the first HTML. */
  readonly text:
    | {
        readonly part: string;
        readonly isHtml: boolean;
        readonly sizeBytes: number;
        readonly charset: string | undefined;
        /** Lines that end in a blank go on in the next (RFC 3676); "delsp" takes the blank away. */
        readonly flow: "fixed" | "flowed" | "delsp";
      }
    | undefined;
  readonly attachments: number;
};

/** Finds the words in what the server says of a mail's structure, so that attachments are never fetched. */
export function mailParts(structure: MessageStructureObject): MailParts {
  const leaves = leavesOf(structure);
  const texts = leaves.filter(isInlineText);
  const text = texts.find(({ type }) => type === "text/plain") ?? texts[0];
  const attachments = leaves.filter((leaf) => !isInlineText(leaf)).length;
  return { text: text && describe(text), attachments };
}

/** A mail within a mail is an attachment: its words are another's. */
function leavesOf(node: MessageStructureObject): readonly MessageStructureObject[] {
  const isMultipart = node.type.startsWith("multipart/");
  return isMultipart ? (node.childNodes ?? []).flatMap(leavesOf) : [node];
}

function isInlineText({ type, disposition }: MessageStructureObject): boolean {
  return /^text\/(?:plain|html)$/.test(type) && disposition !== "attachment";
}

function describe(leaf: MessageStructureObject): MailParts["text"] {
  const { type, part = "1", size = 0, parameters = {} } = leaf;
  const isFlowed = parameters.format?.toLowerCase() === "flowed";
  const joined = parameters.delsp?.toLowerCase() === "yes" ? "delsp" : "flowed";
  return {
    part,
    isHtml: type === "text/html",
    sizeBytes: size,
    charset: parameters.charset,
    flow: isFlowed ? joined : "fixed",
  };
}
