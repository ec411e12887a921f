import type { Command } from "commander";
import { z } from "zod";
import { REASON_WORDS } from "../../reports/words.ts";
import { InputError } from "../errors.ts";
import type { Home } from "../home.ts";
import { type DeadLetterRow, readDeadLetters } from "../warehouse/read-dead-letters.ts";

/** Which dead letters a command is about: exactly one of these. */
export const DeadSelection = z
  .strictObject({
    ids: z.array(z.string()),
    reason: z.string().optional(),
    file: z.string().optional(),
    all: z.boolean(),
  })
  .refine(
    ({ ids, reason, file, all }) =>
      [ids.length > 0, reason !== undefined, file !== undefined, all].filter(Boolean).length === 1,
    "番号、--reason、--file、--all のどれか一つで、どの不達かを指定してください。",
  );
export type DeadSelection = z.infer<typeof DeadSelection>;

/**
 * @returns the letters, those that were discarded only where they are named one by one
 * @throws InputError where a name fits nothing
 */
export async function selectDeadLetters(
  home: Home,
  { ids, reason, file }: DeadSelection,
): Promise<DeadLetterRow[]> {
  if (ids.length === 0) {
    return await readDeadLetters(home.warehouse, { reason, file, withDiscarded: false });
  }
  const letters = await readDeadLetters(home.warehouse, { ids, withDiscarded: true });
  const unknown = ids.filter((id) => letters.every((letter) => letter.id !== id));
  if (unknown.length === 0) return letters;
  throw new InputError(
    `不達「${unknown.join("、")}」が見つかりません（すでに読めたのかもしれません）。期待: kizuki dead list が示す番号（3f2a9c1b-17 の形）。`,
  );
}

/** @throws InputError where there is none of this number */
export async function selectDeadLetter(home: Home, id: string): Promise<DeadLetterRow> {
  const [letter] = await selectDeadLetters(home, { ids: [id], all: false });
  if (letter === undefined) throw new Error("a selected letter is there");
  return letter;
}

export type SelectionOptions = { reason?: string; file?: string; all?: boolean };

export function addSelection(command: Command): Command {
  return command
    .argument("[番号...]", "kizuki dead list が示す番号")
    .option("--reason <理由>", "この理由のものすべて（日付として読めない、unreadable date など）")
    .option("--file <名前>", "このファイルのものすべて")
    .option("--all", "すべて");
}

export function selectionOf(
  ids: readonly string[],
  { reason, file, all }: SelectionOptions,
): DeadSelection {
  return {
    ids: [...ids],
    all: all ?? false,
    ...(reason !== undefined && { reason: reasonCode(reason) }),
    ...(file !== undefined && { file }),
  };
}

/** Staff see a reason's words; the code is as good. */
function reasonCode(text: string): string {
  const known = Object.entries(REASON_WORDS).find(([, words]) => words === text);
  return known?.[0] ?? text;
}

/** Place, column and reason of one letter, for a list. */
export function describeLetter(letter: DeadLetterRow): string {
  const { id, file, origin_row, column_name, reason, tries, discarded_by } = letter;
  const column = column_name === null ? "" : `「${column_name}」`;
  const again = tries > 1 ? `（${tries} 回目）` : "";
  const discarded = discarded_by === null ? "" : `　除いた人: ${discarded_by}`;
  return `${id}  ${file} ${origin_row} 行目${column}: ${REASON_WORDS[reason] ?? reason}${again}${discarded}`;
}
