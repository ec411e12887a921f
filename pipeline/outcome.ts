import { z } from "zod";

/** What a step decided about one record. Anything but `ok` ends that record's trip. */
export type Outcome<T> =
  | { readonly status: "ok"; readonly value: T }
  | { readonly status: "skip"; readonly reason: string }
  | { readonly status: "reject"; readonly reason: string; readonly cause?: unknown };

/** Parses an outcome that another process sent; its `cause` stays there. */
export function outcomeOf<Value extends z.ZodType>(value: Value) {
  return z.discriminatedUnion("status", [
    z.object({ status: z.literal("ok"), value }),
    z.object({ status: z.literal("skip"), reason: z.string() }),
    z.object({ status: z.literal("reject"), reason: z.string() }),
  ]);
}
