import type { Exposure } from "../intake/read-exposure.ts";
import type { Master } from "./load-master.ts";
import { entriesNamed, isSoldOn } from "./name-index.ts";

/** Calls what was sold, or where people came, as reports call it: such a table often has codes. */
export function nameExposure(exposure: Exposure, { products, stores }: Master): Exposure {
  const index = exposure.kind === "product" ? products : stores;
  const lines = exposure.lines.map((line) => {
    const named = entriesNamed(index, line.subject);
    const meant = named.length > 1 ? named.find((entry) => isSoldOn(entry, line.from)) : named[0];
    return meant === undefined ? line : { ...line, subject: meant.name };
  });
  return { ...exposure, lines };
}
