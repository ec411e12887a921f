import { plainText, type Sentence } from "../sentence.ts";
import type { Block, Section } from "./outline.ts";

/** Nothing where there is nothing to say, as in a period without voices. */
export function headlinesSections(
  title: string,
  sentences: readonly Sentence[],
  evidence: readonly Block[] = [],
): Section[] {
  const lines = sentences.map(plainText);
  const [message] = lines;
  return message === undefined
    ? []
    : [{ id: "headlines", title, message, blocks: [{ type: "lines", lines }, ...evidence] }];
}
