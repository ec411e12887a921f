import { z } from "zod";
import { escapePattern } from "../escape-pattern.ts";
import { HYPHEN } from "./hyphen.ts";
import type { KnownPerson } from "./known-persons.ts";

/** The part `mask` of `kizuki.yaml`. */
export const MaskSettings = z.strictObject({
  /** Names of one's own staff, which are masked wherever they stand. */
  staffNames: z.array(z.string().min(2).max(40)).default([]),
  /** Products, brands and shops that look like a person's name and stay. */
  productNames: z.array(z.string().min(1).max(60)).default([]),
  /** Shapes of one's own order, customer or membership numbers: # is a digit, @ a letter, all else itself. */
  numberPatterns: z
    .array(z.string().max(40).regex(/[#@]/, "# は数字、@ は英字。KZ-###### のような形"))
    .default([]),
  /** Illness, injury, medicine and their like too. */
  health: z.boolean().default(false),
});
export type MaskSettings = z.infer<typeof MaskSettings>;

/** What the settings are to the mask. */
export type MaskRules = {
  readonly staff: readonly RegExp[];
  readonly products: readonly RegExp[];
  readonly numbers: readonly RegExp[];
  readonly health: boolean;
  /** False for what a colleague signs with. */
  readonly names: boolean;
  /** What the record's own fields tell: see `knowingPersons`. */
  readonly known: readonly KnownPerson[];
};

/** Only letters, digits and places are left of what was given, so that no setting can make a search slow. */
export function compileMaskRules(settings: MaskSettings): MaskRules {
  return {
    staff: settings.staffNames.map((name) => wordPattern(name)),
    products: settings.productNames.map(
      (name) => new RegExp(escapePattern(name.normalize("NFKC")), "giu"),
    ),
    numbers: settings.numberPatterns.map(numberPattern),
    health: settings.health,
    names: true,
    known: [],
  };
}

export const DEFAULT_MASK_RULES: MaskRules = compileMaskRules(MaskSettings.parse({}));

/** Not inside a longer word of kanji or katakana. */
function wordPattern(name: string): RegExp {
  const parts = name.normalize("NFKC").trim().split(/\s+/).map(escapePattern);
  return new RegExp(
    `(?<![\\p{Script=Han}\\p{Script=Katakana}々ー])${parts.join("[ ]?")}(?![\\p{Script=Katakana}々ー]|[県市区町村駅屋])`,
    "gu",
  );
}

function numberPattern(shape: string): RegExp {
  const pattern = Array.from(shape.normalize("NFKC"), (sign) => {
    if (sign === "#") return "[0-9]";
    if (sign === "@") return "[A-Za-z]";
    return HYPHEN.includes(sign) ? `[${HYPHEN}]` : escapePattern(sign);
  }).join("");
  return new RegExp(`(?<![A-Za-z0-9])${pattern}(?![A-Za-z0-9])`, "giu");
}
