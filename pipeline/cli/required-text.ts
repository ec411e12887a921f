import { z } from "zod";

/** What a person must have typed. @param what it is, as the refusal calls it; @param limit in UTF-16 units */
export function requiredText(what: string, limit: number) {
  return z
    .string()
    .trim()
    .min(1, `${what}を書いてください`)
    .max(limit, `${what}は ${limit} 文字まで`);
}
