import { plainText, type Sentence } from "../sentence.ts";
import { type Block, noteBlock, type Section } from "./outline.ts";

/** @param note what a reader must know before the lines. Nothing where there is nothing to say, as in a period without voices. */
export function headlinesSections(
  title: string,
  sentences: readonly Sentence[],
  { note, evidence = [] }: { readonly note: string; readonly evidence?: readonly Block[] },
): Section[] {
  const lines = sentences.map(plainText);
  const [message] = lines;
  return message === undefined
    ? []
    : [
        {
          id: "headlines",
          title,
          message,
          blocks: [
            ...(note === "" ? [] : [noteBlock(note)]),
            { type: "lines", lines },
            ...evidence,
          ],
        },
      ];
}
