import { z } from "zod";

/** What a person must have typed. @param what it is, as the refusal calls it; @param limit in UTF-16 units */
export function requiredText(what: string, limit: number) {
  return z
    .string()
    .trim()
    .min(1, `${what}を書いてください`)
    .max(limit, `${what}は ${limit} 文字まで`)
    .refine(
      (text) => !UNPRINTABLE.test(text),
      `${what}に、目に見えない制御文字があります。打ち直してください`,
    );
}

/** A person's name, in one line. */
export function requiredName(what: string) {
  return requiredText(what, 100).refine((name) => !/[\n\t]/.test(name), `${what}は一行で`);
}

/** Would move a terminal's cursor, or turn the order of what stands behind it. */
const UNPRINTABLE = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/u;
