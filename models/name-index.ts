import { type NameList, readNameList, VARIANTS } from "./name-lists.ts";

/** How long the names of the lists are that begin at each place of a text, in UTF-16 units; 0 where none does. */
export type NamesAt = { readonly family: Uint8Array; readonly given: Uint8Array };

/** No name of the lists that matters is longer. */
const LONGEST = 6;

/**
 * Finds all names of the lists in a text by rolling hashes, because looking up every piece of every voice as a string
 * would take longer than all the rest of the tagger. Two words share a hash once in a hundred thousand look-ups.
 */
export function namesAt(units: Uint16Array): NamesAt {
  index ??= buildIndex();
  const found = {
    family: new Uint8Array(units.length),
    given: new Uint8Array(units.length),
  };
  for (let start = 0; start < units.length; start += 1) findFrom(units, start, index, found);
  return found;
}

function findFrom(units: Uint16Array, start: number, names: Index, found: NamesAt): void {
  let hash = 0;
  const last = Math.min(units.length, start + LONGEST);
  for (let end = start; end < last; end += 1) {
    const unit = FOLDED[units[end] ?? 0] ?? 0;
    if (!mayBeInName(unit)) return;
    hash = extend(hash, unit);
    const lists = lookUp(names, hash);
    if (lists & FAMILY) found.family[start] = end + 1 - start;
    if (lists & GIVEN) found.given[start] = end + 1 - start;
  }
}

/** Katakana for hiragana, and kanji of registers as the lists write them. */
const FOLDED = Uint16Array.from({ length: 1 << 16 }, (_, unit) => {
  if (unit >= 0x3041 && unit <= 0x3096) return unit + 0x60;
  return VARIANTS.get(String.fromCharCode(unit))?.charCodeAt(0) ?? unit;
});

function mayBeInName(unit: number): boolean {
  return (unit >= 0x30a1 && unit <= 0x9fff) || unit === 0x3005 || (unit & 0xf800) === 0xd800;
}

const FAMILY = 1;
const GIVEN = 2;

/** Open addressing: a slot holds a hash that is not 0, and beside it the lists that have it. */
type Index = { readonly hashes: Int32Array; readonly lists: Uint8Array };
let index: Index | undefined;

/** Twice the names and more, so that a search soon meets an empty slot. */
const SLOTS = 1 << 17;

function buildIndex(): Index {
  const built: Index = { hashes: new Int32Array(SLOTS), lists: new Uint8Array(SLOTS) };
  const add = (list: NameList, flag: number) => {
    for (const name of readNameList(list)) {
      let hash = 0;
      for (let at = 0; at < name.length; at += 1)
        hash = extend(hash, FOLDED[name.charCodeAt(at)] ?? 0);
      const slot = slotOf(built, hash);
      built.hashes[slot] = hash;
      built.lists[slot] = (built.lists[slot] ?? 0) | flag;
    }
  };
  add("family", FAMILY);
  add("given", GIVEN);
  return built;
}

function lookUp(built: Index, hash: number): number {
  return built.lists[slotOf(built, hash)] ?? 0;
}

function slotOf({ hashes }: Index, hash: number): number {
  let slot = (hash >>> 15) & (SLOTS - 1);
  while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (SLOTS - 1);
  return slot;
}

function extend(hash: number, unit: number): number {
  const mixed = Math.imul(hash ^ unit, 0x9e3779b1);
  return mixed ^ (mixed >>> 15) || 1;
}
