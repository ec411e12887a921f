import type { Outcome } from "../outcome.ts";
import type { RawVoice } from "../schema/raw-voice.ts";
import { cutQuotes } from "./cut-quotes.ts";
import { guardVerbatim } from "./guard-verbatim.ts";
import { normalizeVerbatim } from "./normalize-verbatim.ts";

/**
 * What is read of a voice: guarded, normalised, of a mail without what it quotes. But for what is masked in it, the
 * text that the warehouse has.
 */
export function ownWords({
  verbatim,
  channel,
}: Pick<RawVoice, "verbatim" | "channel">): Outcome<string> {
  const guarded = guardVerbatim(verbatim);
  if (guarded.status !== "ok") return guarded;
  const whole = normalizeVerbatim(guarded.value);
  const value = channel === "mail" ? cutQuotes(whole) : whole;
  return value === "" ? { status: "skip", reason: "empty verbatim" } : { status: "ok", value };
}
