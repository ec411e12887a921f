import { userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { askServer } from "../../../pipeline/cli/serve/socket-client.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { uuidOf } from "../../support/enriched-voice.ts";
import { openTestHome, publishDeadLetter } from "../../support/home-with-voices.ts";
import { rawVoice, takeIn } from "../../support/home-with-words.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { startServer } from "../../support/start-server.ts";
import { removeFolder, sharedFolder } from "../../support/temp-folder.ts";

const MINUTES = 60_000;
/** Each command is a process of its own. */
vi.setConfig({ testTimeout: 5 * MINUTES, hookTimeout: 5 * MINUTES });
const WORDS = "袋が開かない。090-1111-2222 に電話を";

const folder = sharedFolder();
const home = join(folder, "home");
beforeAll(async () => {
  const opened = await openTestHome(home);
  await takeIn(opened, "one", [rawVoice("a", WORDS), rawVoice("b", "味がよい")]);
  await takeIn(opened, "two", [
    rawVoice("c", "味がよい", { source: "other" }),
    rawVoice("d", "香りがよい", { source: "other" }),
  ]);
  const origin = { stream: "file:bad.csv", source: "test", file: "bad.csv", offset: 0, row: 2 };
  const reject = { status: "reject", origin, reason: "unreadable date", bytes: "不明,袋が悪い" };
  await opened.streams.raw.append([reject], {});
  await publishDeadLetter(opened, { file: "bad.csv", row: 2, at: "2025-07-30T10:00:00+09:00" });
  await opened.close();
});
afterAll(() => removeFolder(folder));

const ENV = { KIZUKI_CLOCK: "2025-08-04T09:30:00+09:00" };
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runKizuki(args, { home, env: { ...ENV, ...env } });
const read = (id: string, reason = "折り返しの電話のため") => [
  ...["vault", "read", "--voice", id],
  ...["--reason", reason],
];

test("who has the key and a reason reads the words, and each look stands in the log without them", async () => {
  const looked = await run(read("a", "090-3333-4444 へ折り返すため"));
  expect({ code: looked.code, stdout: looked.stdout }, looked.stderr).toEqual({
    code: 0,
    stdout: `${WORDS}\n`,
  });
  const log = await run(["vault", "log", "--json"]);
  expect(JSON.parse(log.stdout)).toEqual([
    {
      record: uuidOf("a"),
      author: userInfo().username,
      reason: "【電話1】 へ折り返すため",
      read_at: expect.stringMatching(/^2025-08-04 09:30/),
    },
  ]);
});

test("without a reason, a voice or the key nothing is shown and nothing logged", async () => {
  const before = (await run(["vault", "log"])).stdout;
  expect(await run(["vault", "read", "--voice", "a"])).toMatchObject({ code: 2, stdout: "" });
  expect(await run(read("a", " "))).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining("見る理由"),
  });
  expect(await run(read("nobody"))).toMatchObject({ code: 3, stdout: "" });
  const keyless = await run(read("a"), { KIZUKI_MASTER_KEY: "" });
  expect(keyless).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("鍵の") });
  const wrong = await run(read("a"), { KIZUKI_MASTER_KEY: "ab".repeat(32) });
  expect(wrong).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("鍵の印") });
  expect((await run(["vault", "log"])).stdout).toBe(before);
});

test("who knows a name, number or address finds the voice by it, and neither the answer nor the log has the words", async () => {
  const find = ["vault", "find", "０９０１１１１２２２２", "nobody@example.jp"];
  const found = await run([...find, "--reason", "本人の求め"]);
  expect(found.code, found.stderr).toBe(0);
  const id = uuidOf("a").slice(0, 8);
  expect(found.stdout).toContain("5 件の記録を調べ、声 1 件が見つかりました");
  expect(found.stdout).toContain(`  ${id}  2025-07-30  test  （1 番目のことば）\n`);
  expect(found.stdout).toContain("    袋が開かない。【電話番号1】 に電話を\n");
  expect(found.stdout).toContain(`番号は例です）:\n  kizuki vault forget --voice ${id} --reason`);
  expect(found.stdout).not.toMatch(/1111|nobody/);
  const both = await run(["vault", "find", "味がよい", "--reason", "「味がよい」の方の求め"]);
  expect(both.stdout).toContain("声 2 件");
  expect(both.stdout).toMatch(/vault forget --voice [0-9a-f]{8} --reason '…'\n$/);
  const letter = await run(["vault", "find", "袋が悪い", "--reason", "本人の求め", "--json"]);
  expect(JSON.parse(letter.stdout)).toMatchObject({
    voices: [],
    letters: [{ id: expect.stringMatching(/-0$/), file: "bad.csv", row: 2, words: [1] }],
  });
  const log = await run(["vault", "log"]);
  // The telephone number and the address, and the word of the letter.
  expect(log.stdout).toMatch(/find:[0-9a-f]{16},[0-9a-f]{16}\n {2}本人の求め/);
  expect(log.stdout).toMatch(/find:[0-9a-f]{16}\n {2}本人の求め/);
  expect(log.stdout).toMatch(/find:[0-9a-f]{16}\n {2}「【…】」の方の求め/);
});

test("nothing is looked for without a reason, the key or a telling word, and what is nowhere is said so", async () => {
  const before = (await run(["vault", "log"])).stdout;
  const find = (word: string, ...rest: string[]) => ["vault", "find", word, ...rest];
  expect(await run(find("山田"))).toMatchObject({ code: 2, stdout: "" });
  expect(await run(find("山田", "--reason", " "))).toMatchObject({ code: 2, stdout: "" });
  const short = await run(find("林", "--reason", "求め"));
  expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining("短すぎます") });
  const wrong = await run(find("山田", "--reason", "求め"), { KIZUKI_MASTER_KEY: "ab".repeat(32) });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("鍵の印") });
  expect((await run(["vault", "log"])).stdout).toBe(before);
  const none = await run(find("山田太郎", "--reason", "求め"));
  expect(none).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("5 件の記録を調べました"),
  });
});

test("the bytes of a dead letter are read by its number", async () => {
  const [letter] = JSON.parse((await run(["dead", "list", "--json"])).stdout).letters;
  const args = ["vault", "read", "--dead", letter.id, "--reason", "日付を確かめるため"];
  const looked = await run(args);
  expect({ code: looked.code, stdout: looked.stdout }, looked.stderr).toEqual({
    code: 0,
    stdout: "不明,袋が悪い\n",
  });
});

test("a dead letter is forgotten by its number: its bytes are gone, its place and reason stay put aside", async () => {
  const [letter] = JSON.parse((await run(["dead", "list", "--json"])).stdout).letters;
  const forget = ["vault", "forget", "--dead", letter.id, "--reason", "本人の求め"];
  // Twice: as after a kill in the middle.
  for (let time = 0; time < 2; time++) {
    const forgotten = await run(forget);
    expect({ code: forgotten.code, stdout: forgotten.stdout }, forgotten.stderr).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^1 件の不達を消去しました。\n.*\n {4}bad\.csv（受け箱の外。取り込んだ人の手元）\n$/,
      ),
    });
  }
  const looked = await run(["vault", "read", "--dead", letter.id, "--reason", "確かめ"]);
  expect(looked).toMatchObject({ code: 3, stdout: "" });
  const [kept] = JSON.parse((await run(["dead", "list", "--discarded", "--json"])).stdout).letters;
  expect(kept).toMatchObject({ id: letter.id, discard_reason: "本人の求め" });
  const opened = await openTestHome(home);
  const records: unknown[] = [];
  for await (const frame of opened.streams.raw.readFrom(0)) records.push(...frame.records);
  expect(records).toHaveLength(5);
  expect(JSON.stringify(records)).not.toContain("袋が悪い");
  await opened.close();
});

test("while serve runs it hands out sealed words only: who lacks the key reads nothing", async () => {
  const server = await startServer(home, { clock: ENV.KIZUKI_CLOCK });
  expect((await run(read("b"))).stdout).toBe("味がよい\n");
  const wrong = await run(read("b"), { KIZUKI_MASTER_KEY: "ab".repeat(32) });
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  const found = await run(["vault", "find", "味がよい", "--reason", "本人の求め", "--json"]);
  expect(JSON.parse(found.stdout)).toMatchObject({
    voices: [{ source: expect.any(String) }, { source: expect.any(String) }],
  });
  const options = { sealedWords: Buffer.from('["味がよい"]').toString("base64") };
  const asked = askServer(
    home,
    {
      command: "vault find",
      options: { ...options, author: "x", reason: "x" },
    },
    silentReporter,
  );
  await expect(asked).rejects.toThrow("封をした記録を開けません");
  server.kill("SIGTERM");
  expect((await server.ended).code).toBe(0);
});

test("voices are forgotten by their numbers, several at once; another source's that is likely the same person's is named and stays", async () => {
  const args = ["vault", "forget", "--voice", "a", "b", "--reason", "本人からの求め"];
  const forgotten = await run(args);
  expect({ code: forgotten.code, stdout: forgotten.stdout }, forgotten.stderr).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /^2 件の声を消去しました。.*\n {2}同じ方のものと思われる声がほかに 1 件あります: [0-9a-f]{8}\n.*取り込み元のファイルには.*\n.*\n.*PDF.*\n.*docs\/vault\.ja\.md にあります。\n$/,
    ),
  });
  expect(forgotten.stdout).toContain(`あります: ${uuidOf("c").slice(0, 8)}\n`);
  expect(await run(read(uuidOf("b").slice(0, 8)))).toMatchObject({ code: 3, stdout: "" });
  expect((await run(read("c"))).stdout).toBe("味がよい\n");
});
