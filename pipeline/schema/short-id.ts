const SHOWN = 8;

/** The first digits of an id, as people see and type it: enough to find what it names. */
export function shortId(id: string): string {
  return id.slice(0, SHOWN);
}
