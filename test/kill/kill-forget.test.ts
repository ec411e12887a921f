import { expect, test } from "vitest";
import { TinyKafkaHome } from "../support/kafka/tiny-kafka-home.ts";
import { describeWithKafka } from "../support/kafka.ts";
import { sharedFolder } from "../support/temp-folder.ts";

const MINUTES = 60_000;
const SECRET = "ひみつの袋が固くて、母にはどうしても開けられません";
const REASON = ["--reason", "本人の求め"];

describeWithKafka("forgetting, killed on a real broker", { secure: false }, (broker) => {
  test(
    "a kill between keeping and forgetting leaves all as it was, one behind the journal is made up, and the words come back by no other source",
    async () => {
      const kizuki = new TinyKafkaHome(sharedFolder(), broker.brokers);
      kizuki.describeTopic("bag", "袋");
      kizuki.describeDesk("受付日");
      const columns = "columns: { receivedAt: 受付日, verbatim: ご意見 }";
      kizuki.file("shop.yaml", ["name: shop", "channel: web", columns]);
      const own = { sources: { desk: "./desk.yaml", shop: "./shop.yaml" } };
      kizuki.configure({ kafka: true, own });
      expect((await kizuki.run("streams", "ensure")).code).toBe(0);
      const worker = kizuki.startWorker();
      const take = async (source: string, rows: readonly string[]) => {
        const file = kizuki.file(`${source}.csv`, ["受付日,ご意見", ...rows]);
        return (await kizuki.run("import", file, "--source", source, "--anyway", "--json")).json();
      };
      await take("desk", [`2025/7/28,${SECRET}`, "2025/7/28,味が良い"]);
      const texts = () => kizuki.rows("select text from voices order by text");
      const ids = await kizuki.rows(
        "select left(voice_id::varchar, 8) from voices order by text like '味%'",
      );
      const [secret = "", other = ""] = ids.flat().map(String);
      const read = (id: string) => kizuki.run("vault", "read", "--voice", id, ...REASON);
      const forget = ["vault", "forget", "--voice", secret, ...REASON];

      expect(await kizuki.killAt("kept", ...forget)).toBeNull();
      expect(await texts()).toEqual([[SECRET], ["味が良い"]]);
      expect(await kizuki.rows("from forgotten_voices")).toEqual([]);
      expect((await read(secret)).stdout).toBe(`${SECRET}\n`);

      expect(await kizuki.killAt("journalled", ...forget)).toBeNull();
      expect(await texts()).toEqual([["味が良い"], ["（消去された声です）"]]);
      const ended = await kizuki.run(...forget);
      expect({ code: ended.code, stdout: ended.stdout }, ended.stderr).toEqual({
        code: 0,
        stdout: expect.stringContaining("前に途中で止まった消去を終えました（声 1 件）"),
      });
      expect(await read(secret)).toMatchObject({ code: 3, stdout: "" });
      expect((await read(other)).stdout).toBe("味が良い\n");

      await take("shop", [`2025/7/28,${SECRET}`, "2025/7/28,香りが良い"]);
      expect(await texts()).toEqual([["味が良い"], ["香りが良い"], ["（消去された声です）"]]);
      worker.kill("SIGTERM");
      expect((await worker.ended).code).toBe(0);
    },
    10 * MINUTES,
  );
});
