import { KNOWN_LIMIT, LONGEST_KNOWN } from "../../schema/raw-voice.ts";
import { personColumn } from "../../text/mask/person-column.ts";
import { readMailbox } from "./mailbox.ts";

/**
 * What a record's own cells say of persons: names, telephone numbers and mail addresses, from columns that are called
 * so, from what stands in a mailbox's form in any column, and from an object in a cell.
 */
export function knownPersons(cells: ReadonlyMap<string, string>): string[] | undefined {
  const known = new Set<string>();
  for (const [column, cell] of cells) {
    for (const value of personsIn(column, cell)) {
      if (value !== "" && value.length <= LONGEST_KNOWN) known.add(value);
    }
  }
  return known.size === 0 ? undefined : [...known].slice(0, KNOWN_LIMIT);
}

/** Where the customer is reached. Of a mailbox in any other column (宛先, To) nobody knows whether it is the desk's. */
export function customerContacts(cells: ReadonlyMap<string, string>): string[] | undefined {
  const written = [...cells].filter(([column, cell]) => {
    const isTheirs = asksFor(column) === "contact" || SENDER.test(column.normalize("NFKC").trim());
    return isTheirs && cell.trim() !== "" && cell.trim().length <= LONGEST_KNOWN;
  });
  if (written.length === 0) return undefined;
  return [...new Set(written.map(([, cell]) => cell.trim()))].slice(0, KNOWN_LIMIT);
}

const SENDER = /^(?:差出人|送信者)$/;

function personsIn(column: string, cell: string): readonly string[] {
  if (cell.length > LONGEST_CELL) return [];
  const mailbox = readMailbox(cell);
  if (mailbox !== undefined) return [mailbox.name, mailbox.address];
  if (cell.startsWith("{")) return personsInside(cell);
  return said(column, cell);
}

/** A nickname in kana is any word. */
function said(column: string, cell: string): readonly string[] {
  const is = asksFor(column);
  if (is === undefined || (is === "handle" && !/[A-Za-z\p{Script=Han}]/u.test(cell))) return [];
  return [cell.trim()];
}

const LONGEST_CELL = 500;
/** `"author": { "name": "…" }`, one deep, as exports of web services have it. */
function personsInside(cell: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(cell);
    return Object.entries(value ?? {}).flatMap(([key, inner]) =>
      typeof inner === "string" ? said(key, inner) : [],
    );
  } catch {
    return [];
  }
}

/** The same few headings are asked about for each row; lines of JSON may bring any number of them. */
const asked = new Map<string, ReturnType<typeof personColumn>>();
const MOST_ASKED = 10_000;

function asksFor(column: string): ReturnType<typeof personColumn> {
  if (asked.has(column)) return asked.get(column);
  if (asked.size >= MOST_ASKED) asked.clear();
  const is = personColumn(column);
  asked.set(column, is);
  return is;
}
