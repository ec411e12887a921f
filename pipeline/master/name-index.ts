import { normalizeVerbatim } from "../text/normalize-verbatim.ts";
import { nameKey } from "./fold-name.ts";
import type { MasterEntry } from "./master-entry.ts";

/** Entries by what they are called. Several under one name are never sold on the same day. */
export type NameIndex = ReadonlyMap<string, readonly MasterEntry[]>;

/** A name that cannot be used: on some day several entries are called so. */
export type SharedName = { readonly name: string; readonly entries: readonly MasterEntry[] };

/** What a cell may name an entry by. */
export function allNames({ code, jan, name, aliases }: MasterEntry): string[] {
  return [code, name, ...(jan === null ? [] : [jan]), ...aliases];
}

/** What a customer may call it. A code such as 100 means something else in a sentence. */
export function spokenNames({ name, aliases }: MasterEntry): string[] {
  return [name, ...aliases];
}

/** @param namesOf the names of one entry, as the company spells them */
export function indexNames(
  entries: readonly MasterEntry[],
  namesOf: (entry: MasterEntry) => readonly string[],
): { readonly index: NameIndex; readonly shared: readonly SharedName[] } {
  const all = new Map<string, { name: string; entries: Set<MasterEntry> }>();
  for (const entry of entries) {
    for (const name of namesOf(entry)) {
      const key = keyOf(name);
      if (key === "") continue;
      const known = all.get(key) ?? { name, entries: new Set() };
      known.entries.add(entry);
      all.set(key, known);
    }
  }
  const index = new Map<string, MasterEntry[]>();
  const shared: SharedName[] = [];
  for (const [key, { name, entries: named }] of all) {
    if (haveOwnDays([...named])) index.set(key, [...named]);
    else shared.push({ name, entries: [...named] });
  }
  return { index, shared };
}

/** @returns what a cell of a source names; several only where the day tells them apart */
export function entriesNamed(index: NameIndex, written: string): readonly MasterEntry[] {
  return index.get(keyOf(written)) ?? [];
}

export function isSoldOn({ soldFrom, soldUntil }: MasterEntry, date: string): boolean {
  return (soldFrom === null || soldFrom <= date) && (soldUntil === null || date <= soldUntil);
}

function keyOf(name: string): string {
  return nameKey(normalizeVerbatim(name));
}

/** A product that was renewed keeps its name and gets another code. */
function haveOwnDays(entries: readonly MasterEntry[]): boolean {
  const inOrder = [...entries].sort((left, right) =>
    (left.soldFrom ?? "") < (right.soldFrom ?? "") ? -1 : 1,
  );
  return inOrder.every(({ soldUntil }, index) => {
    const next = inOrder[index + 1];
    return next === undefined || (soldUntil !== null && soldUntil < (next.soldFrom ?? ""));
  });
}
