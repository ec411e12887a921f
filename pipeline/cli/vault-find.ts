import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { z } from "zod";
import { act } from "../act.ts";
import { InputError, UsageError } from "../errors.ts";
import type { Home } from "../home.ts";
import { jstDate } from "../period.ts";
import type { Reporter } from "../reporter.ts";
import type { VaultRead } from "../schema/action.ts";
import { goOn } from "../stop.ts";
import { sealWithKey } from "../streams/seal-with-key.ts";
import { shorten } from "../text/code-points.ts";
import { maskField } from "../text/mask/mask-field.ts";
import { compileMaskRules } from "../text/mask/mask-rules.ts";
import { keepAll } from "../vault/keep-all.ts";
import { lookFor, signOf, type Wanted, wantedOf, withoutWanted } from "../vault/look-for.ts";
import { openRecord, type SealedRecord } from "../vault/seal-record.ts";
import { query } from "../warehouse/query.ts";
import { readDeadLetters } from "../warehouse/read-dead-letters.ts";
import type { CliContext } from "./context.ts";
import { type HomeCommand, runHomeCommand } from "./home-command.ts";
import { SHOWN_OF_ID } from "./vault-forget.ts";
import { keysToRead } from "./vault-read.ts";

const Options = z.strictObject({
  /** A JSON list under the vault's key: who has no key cannot try out whose words are there. */
  sealedWords: z.base64(),
  author: z.string().min(1).max(100),
  reason: z
    .string()
    .trim()
    .min(1, "探す理由（--reason）を書いてください")
    .max(2000, "探す理由（--reason）は 2000 文字まで"),
});

/** Which of the words asked for were found, from 1. */
const words = z.array(z.number().int());

const Result = z.strictObject({
  /** Records that were looked through. */
  read: z.number().int(),
  /** Whether it ended before the last record because so many were found. */
  isCut: z.boolean(),
  voices: z.array(
    z.strictObject({
      voiceId: z.string(),
      receivedOn: z.string(),
      source: z.string(),
      words,
      /** Masked; null until it is enriched. */
      text: z.string().nullable(),
    }),
  ),
  letters: z.array(z.strictObject({ id: z.string(), file: z.string(), row: z.number(), words })),
});
type Result = z.infer<typeof Result>;

/** A word that so many have said finds nobody. */
const MOST_FOUND = 500;
const MOST_WORDS = 8;

export const vaultFindCommand: HomeCommand<typeof Options, typeof Result> = {
  name: "vault find",
  Options,
  Result,
  async run(home, { sealedWords, author, reason }, reporter) {
    const wanted = wordsIn(home, sealedWords).map((written) => {
      const one = wantedOf(written);
      if (one === undefined) throw tooShort();
      return one;
    });
    await keepAll(home);
    const look: VaultRead = {
      type: "vault-read",
      actionId: randomUUID(),
      at: home.clock().toISOString(),
      record: `find:${wanted.map((one) => signOf(one, home.identityKey())).join(",")}`,
      author,
      reason: withoutWanted(
        maskField(reason, { rules: compileMaskRules(home.config.mask) }),
        wanted.map(({ written }) => written),
      ),
    };
    await act(home, look);
    const found = await findRecords(home, wanted, reporter);
    return { ...found, voices: await withTexts(home, found.voices) };
  },
};

function tooShort(): UsageError {
  return new UsageError(
    "探すことばが短すぎます。期待: 2 文字以上、数字だけなら 4 桁以上（氏名、電話番号、メールアドレスなど）。",
  );
}

const BOUND = Buffer.from("vault find");

function wordsIn(home: Home, sealedWords: string): string[] {
  const plain = sealWithKey(home.keys().vault).open(Buffer.from(sealedWords, "base64"), BOUND);
  return z
    .array(z.string())
    .min(1)
    .max(MOST_WORDS)
    .parse(JSON.parse(plain.toString("utf8")));
}

type FoundVoice = Omit<Result["voices"][number], "text">;

async function findRecords(
  home: Home,
  wanted: readonly Wanted[],
  reporter: Reporter,
): Promise<Omit<Result, "voices"> & { voices: FoundVoice[] }> {
  const voices = new Map<string, FoundVoice>();
  const places = new Map<string, number[]>();
  const find = lookFor(wanted, home.identityKey());
  let read = 0;
  let isCut = false;
  const look = (record: SealedRecord): void => {
    const content = openRecord(record, home.keys());
    const words = find(content).map((place) => place + 1);
    if (words.length === 0) return;
    if ("bytes" in content) return void places.set(placeOf(record), words);
    const { voiceId, source, receivedAt } = content;
    const before = voices.get(voiceId)?.words ?? [];
    const receivedOn = jstDate(new Date(receivedAt));
    const all = [...new Set([...before, ...words])].sort();
    voices.set(voiceId, { voiceId, receivedOn, source, words: all });
  };
  await (await home.vault()).visit((page, of) => {
    goOn(home.stop);
    if (read === 0) reporter.begin("保管庫の原文を調べています", of);
    for (const record of page) look(record);
    read += page.length;
    reporter.advance(page.length);
    isCut = voices.size + places.size >= MOST_FOUND && read < of;
    return !isCut;
  });
  reporter.end();
  return { read, isCut, voices: [...voices.values()], letters: await lettersAt(home, places) };
}

function placeOf({ stream, offset }: Pick<SealedRecord, "stream" | "offset">): string {
  return `${stream} ${offset}`;
}

async function lettersAt(
  home: Home,
  places: ReadonlyMap<string, number[]>,
): Promise<Result["letters"]> {
  if (places.size === 0) return [];
  const letters = await readDeadLetters(home.warehouse, { withDiscarded: true });
  return letters.flatMap(({ id, file, origin_row, origin_stream, origin_offset }) => {
    const words = places.get(placeOf({ stream: origin_stream, offset: origin_offset }));
    return words === undefined ? [] : [{ id, file, row: origin_row, words }];
  });
}

async function withTexts(
  { warehouse: { reader } }: Home,
  voices: readonly FoundVoice[],
): Promise<Result["voices"]> {
  const Row = z.strictObject({ voice_id: z.string(), text: z.string() });
  const params = { ids: JSON.stringify(voices.map(({ voiceId }) => voiceId)) };
  const rows = await query(reader, "questions/texts_of_voices.sql", params, Row);
  const texts = new Map(rows.map(({ voice_id, text }) => [voice_id, text]));
  return voices
    .map((voice) => ({ ...voice, text: texts.get(voice.voiceId) ?? null }))
    .sort((a, b) => b.receivedOn.localeCompare(a.receivedOn) || a.voiceId.localeCompare(b.voiceId));
}

const HELP = `
例:
  kizuki vault find '山田 花子' 090-1234-5678 hanako@example.jp --reason '本人からの消去の求め'

どれか一つでも載っている声の番号を示します。原文も、探したことばも、示しません。何を探したかは、鍵がなければわからない
印（find:…）で kizuki vault log に残ります。理由に書いたことばも、探すものは【…】になります。探すのは、本文、取り込んだ列、顧客番号、不達の中身です。
名前は、ほかの名前の一部でも見つかります（「山田」は「小山田」にもあります）。番号は、前後に数字が続けば別のものです（A-12 は A-127 では見つかりません）。
同じとみなすもの: 全角と半角、大文字と小文字、ひらがなとカタカナ、空白・ハイフン・記号の有無、+81 と先頭の 0、髙と高などの異体字。
見つからないもの: 漢数字や声で言った番号（ゼロキュウゼロ）、漢字とよみの違い、名字だけの声（名字だけでも探してください）、
書き間違い、消去済みの声、取り込まなかった列。
ことばはシェルの履歴に残ります。行の先頭に空白を置くと残さない設定のシェルもあります。
`;

export function registerVaultFind(vault: Command, context: CliContext): void {
  vault
    .command("find")
    .description(
      "氏名・電話番号・メールアドレスなどから、声の番号を探します。鍵と理由が要り、探したことが記録に残ります",
    )
    .argument("<ことば...>", `探すことば。${MOST_WORDS} つまで`)
    .requiredOption("--reason <文>", "なぜ探すのか")
    .option("--json", "結果を JSON で出します")
    .addHelpText("after", HELP)
    .action(async (written: string[], options: { reason: string; json?: boolean }) => {
      if (written.length > MOST_WORDS) {
        throw new UsageError(`探すことばは一度に ${MOST_WORDS} つまでです。`);
      }
      if (written.some((word) => wantedOf(word) === undefined)) throw tooShort();
      const plain = Buffer.from(JSON.stringify(written));
      const sealedWords = sealWithKey(keysToRead(context).vault).seal(plain, BOUND);
      const result = await runHomeCommand(context, vaultFindCommand, {
        sealedWords: sealedWords.toString("base64"),
        author: context.user(),
        reason: options.reason,
      });
      if (options.json) return await context.print(JSON.stringify(result));
      if (result.voices.length + result.letters.length === 0) throw foundNothing(result);
      await context.print(describe(result, written.length));
    });
}

function foundNothing({ read }: Result): InputError {
  return new InputError(
    `${count(read)} 件の記録を調べましたが、見つかりません。名字だけ、よみ、市外局番のない番号でも探してください。見つからないもの: kizuki vault find --help`,
  );
}

const SHOWN_OF_TEXT = 60;

function describe({ read, isCut, voices, letters }: Result, asked: number): string {
  const by = (words: readonly number[]) =>
    asked === 1 ? "" : `  （${words.join("・")} 番目のことば）`;
  const examples = [
    ...voices.slice(0, 1).map(({ voiceId }) => `--voice ${voiceId.slice(0, SHOWN_OF_ID)}`),
    ...letters.slice(0, 1).map(({ id }) => `--dead ${id}`),
  ];
  return [
    `${count(read)} 件の記録を調べ、声 ${voices.length} 件${letters.length === 0 ? "" : `、不達 ${letters.length} 件`}が見つかりました。`,
    ...(isCut
      ? [`  ${MOST_FOUND} 件を超えたので、途中で終えました。もっと長いことばで探してください。`]
      : []),
    ...voices.flatMap(({ voiceId, receivedOn, source, words, text }) => [
      `  ${voiceId.slice(0, SHOWN_OF_ID)}  ${receivedOn}  ${source}${by(words)}`,
      `    ${text === null ? "（まだ分類されていません）" : shorten(text.replaceAll("\n", " "), SHOWN_OF_TEXT)}`,
    ]),
    ...letters.map(
      ({ id, file, row, words }) => `  不達 ${id}  ${file} の ${row} 行目${by(words)}`,
    ),
    "",
    "名前は、ほかの名前の一部でも見つかります（「山田」は「小山田」にもあります）。同じ方のものか、一件ずつ本文を確かめてください:",
    ...examples.map((one) => `  kizuki vault read ${one} --reason '…'`),
    "本文を確かめてから、その方の番号だけを消去します（番号は例です）:",
    ...examples.map((one) => `  kizuki vault forget ${one} --reason '…'`),
  ].join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
