import { isFamilyName } from "../../../models/name-lists.ts";
import { isFullName } from "../../text/mask/names/is-full-name.ts";
import { namesNobody } from "../../text/mask/names/name-words.ts";
import { normalizeValue } from "../source.ts";
import type { Sample } from "../table/sample.ts";
import { ADDRESS_CELL, looksPersonal, TELEPHONE_CELL } from "./column-words.ts";

/** Whether a column holds telephone numbers, and here and there why there is none. */
export function holdsTelephones(sample: Sample, column: string): boolean {
  if (!looksPersonal(sample.cells(column))) return false;
  const numbers = sample
    .written(column)
    .map(normalizeValue)
    .filter((cell) => !NO_NUMBER.test(cell));
  const telephones = numbers.filter((cell) => TELEPHONE_CELL.test(cell));
  const bare = numbers.filter((cell) => !/\p{L}/u.test(cell));
  return (
    telephones.length > 0 &&
    (telephones.length * 2 >= numbers.length || bare.length >= numbers.length * 0.95)
  );
}

/** What stands where a caller shows no number. */
const NO_NUMBER =
  /^[(]?(?:(?:番号)?(?:非通知|通知不可|表示圏外|なし|無し|不明)(?:設定)?|公衆(?:電話)?|国際電話|圏外|未記入|未確認|聞けず|拒否|同上|無|[-‐ー―]+|anonymous)[)]?$/i;

export function holdsAddresses(sample: Sample, column: string): boolean {
  const written = sample
    .written(column)
    .map((cell) => normalizeValue(cell.slice(0, LONGEST_ADDRESS)));
  const addresses = written.filter((cell) => ADDRESS_CELL.test(cell));
  return (
    addresses.length > 0 && addresses.length * 2 >= written.length && !sample.isFreeText(column)
  );
}

const LONGEST_ADDRESS = 200;

/** Whether a column says what somebody is called. A shop may be called 金沢: surnames alone have to tell the rows apart. */
export function holdsNames(sample: Sample, column: string): boolean {
  if (holdsWholeNames(sample, column)) return true;
  const named = namesIn(sample, column);
  const surnames = named.filter((cell) => isCalledSo(cell) || isFamilyName(cell));
  return (
    named.length >= FEWEST_SURNAMES &&
    surnames.length >= named.length * 0.8 &&
    sample.tellsApart(column)
  );
}

/** Whether its cells are full names, or names with an honorific. */
export function holdsWholeNames(sample: Sample, column: string): boolean {
  const named = [...new Set(namesIn(sample, column))];
  const whole = named.filter(isCalledSo);
  return (
    whole.length >= Math.min(FEWEST_NAMES, Math.max(1, named.length)) &&
    whole.length >= named.length * NAMES_SHARE
  );
}

/** Some places are called like persons (山形南); names that no list has are fewer than two in three. */
const NAMES_SHARE = 0.3;
const FEWEST_NAMES = 2;

function namesIn(sample: Sample, column: string): string[] {
  return sample
    .written(column)
    .map(normalizeValue)
    .filter((cell) => !namesNobody(cell.replace(/^[ご御お]|[様氏]$|さ[まん]$/g, "")));
}

function isCalledSo(cell: string): boolean {
  return HONORIFIC.test(cell) || (cell.length <= LONGEST_NAME && isFullName(cell));
}

const LONGEST_NAME = 20;
const HONORIFIC = /^[\p{L}\s・]{1,15}(?:様|さま|さん|氏|殿)(?:\s?[(].{0,10}[)])?$/u;
const FEWEST_SURNAMES = 5;
