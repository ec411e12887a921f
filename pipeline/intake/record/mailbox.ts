/** 「"山田 花子" <hanako@example.jp>」 */
const MAILBOX =
  /^\s*(?:"([^"<>]{1,100})"|([^"<>@]{1,100}))\s*<([^<>@\s]{1,64}@[^<>@\s]{1,100})>\s*$/;

/** @returns who a mail is from, as its head has it, where the cell is nothing else */
export function readMailbox(
  cell: string,
): { readonly name: string; readonly address: string } | undefined {
  const mailbox = cell.includes("@") ? MAILBOX.exec(cell) : null;
  if (mailbox === null) return undefined;
  const { 1: quoted = "", 2: plain = "", 3: address = "" } = mailbox;
  return { name: (quoted + plain).trim(), address };
}

/** @returns the address of 「林 美咲 <misaki@example.jp>」, or of a cell that is one, as every program spells it */
export function addressIn(cell: string): string | undefined {
  const bare = /^<?([^<>@\s]{1,64}@[^<>@\s]{1,100})>?$/.exec(cell.trim())?.[1];
  return (bare ?? readMailbox(cell)?.address)?.toLowerCase();
}
