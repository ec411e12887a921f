import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { startInbox } from "../../../pipeline/cli/serve/serve-inbox.ts";
import { silentLog } from "../../../pipeline/log.ts";
import { silentReporter } from "../../../pipeline/reporter.ts";
import { openTestHome } from "../../support/home-with-voices.ts";
import { TinyKafkaHome } from "../../support/kafka/tiny-kafka-home.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const ROWS = ["受付番号,日付,ご意見", "v1,2025-07-28,味が良い"];

function open() {
  const folder = tempFolder();
  const kizuki = new TinyKafkaHome(folder, []);
  kizuki.describeTopic("taste", "味");
  const description = (name: string) =>
    kizuki.file(`${name}.yaml`, [
      `name: ${name}`,
      "channel: phone",
      "header: [受付番号, 日付, ご意見]",
      "columns: { id: 受付番号, receivedAt: 日付, verbatim: ご意見 }",
    ]);
  return { folder, kizuki, description };
}

test("a description that is not written yet is named once, and the files come in by the others", async () => {
  const { kizuki, description } = open();
  const sources = { phone: description("phone"), desk: "./desk.yaml" };
  kizuki.configure({ kafka: false, own: { sources } });
  const more = ["受付番号,日付,ご意見", "v2,2025-07-29,味が薄い"];
  const files = [kizuki.file("a.csv", ROWS), kizuki.file("b.csv", more)];
  const { code, stderr } = await kizuki.run("import", ...files);
  expect({ code, said: stderr.split("取り込み元「desk」の説明がありません").length - 1 }).toEqual({
    code: 0,
    said: 1,
  });
  expect(await kizuki.rows("select distinct source from voices")).toEqual([["phone"]]);
  const { stdout } = await kizuki.run("doctor");
  expect(stdout).toMatch(/^× 取り込み元: .*「desk」の説明がありません（.*desk\.yaml）/m);
});

test("a file that two sources could have sent fails in the inbox with the command for each", async () => {
  const { folder, kizuki, description } = open();
  const sources = { phone: description("phone"), mail: description("mail") };
  const inbox = join(folder, "inbox");
  mkdirSync(inbox);
  kizuki.configure({ kafka: false, own: { sources, inbox } });
  const file = join(folder, "kizuki.yaml");
  const home = await openTestHome(kizuki.home, { file });
  const news = {
    role: "serve" as const,
    tell: () => undefined,
    tellFailure: () => undefined,
    log: silentLog,
    reporter: silentReporter,
    isTerminal: false,
  };
  const crashed = (cause: unknown) => {
    throw cause;
  };
  const part = await startInbox(home, news, { afterwards: async () => undefined, crashed });
  kizuki.file(join("inbox", "a.csv"), ROWS);
  const failed = join(inbox, "failed");
  const report = () => readdirSync(failed).find((name) => name.endsWith("結果.txt"));
  while (!existsSync(failed) || report() === undefined) await sleep(50);
  await part.stop();
  await home.close();
  const said = readFileSync(join(failed, report() ?? ""), "utf8");
  for (const key of ["phone", "mail"]) {
    expect(said).toMatch(new RegExp(`^kizuki import '?.*failed/.*a\\.csv'? --source ${key}$`, "m"));
  }
});
