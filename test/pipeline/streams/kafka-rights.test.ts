import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import kafkajs from "kafkajs";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { loadConfig } from "../../../pipeline/config.ts";
import { type Home, openHome } from "../../../pipeline/home.ts";
import type { RetaggedVoice } from "../../../pipeline/schema/enriched-record.ts";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import { withAdmin } from "../../../pipeline/streams/kafka-admin.ts";
import { replayStream } from "../../../pipeline/streams/replay-stream.ts";
import { keepStreamNow } from "../../../pipeline/vault/keep-stream.ts";
import { startTestWorker } from "../../support/kafka/kafka-home.ts";
import { KEYS, kafkaSettings, rawRecord, reportMade } from "../../support/kafka/sample-records.ts";
import { type GRANTED_USERS, SASL_USER } from "../../support/kafka/server-properties.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { runKizuki } from "../../support/run-kizuki.ts";
import { sharedFolder } from "../../support/temp-folder.ts";

type User = (typeof GRANTED_USERS)[number];

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
const OPERATIONS: Readonly<Record<string, number>> = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Create: AclOperationTypes.CREATE,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
};
const GRANT =
  /^grant User:(?<user>\S+) (?<operations>(?:--operation \w+ )+)--(?<type>topic|group) (?<name>\S+)(?<prefixed> --resource-pattern-type prefixed)?$/gm;

/** What the page for operators has them grant. */
function grantsOf(page: string) {
  const path = fileURLToPath(new URL(`../../../docs/${page}`, import.meta.url));
  return [...readFileSync(path, "utf8").matchAll(GRANT)].flatMap(({ groups = {} }) =>
    [...(groups.operations ?? "").matchAll(/ (\w+)/g)].map(([, operation = ""]) => ({
      principal: `User:${groups.user}`,
      host: "*",
      resourceType: groups.type === "topic" ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
      resourceName: groups.name ?? "",
      resourcePatternType:
        groups.prefixed === undefined
          ? ResourcePatternTypes.LITERAL
          : ResourcePatternTypes.PREFIXED,
      operation: OPERATIONS[operation] ?? AclOperationTypes.UNKNOWN,
      permissionType: AclPermissionTypes.ALLOW,
    })),
  );
}

const RETAGGED: RetaggedVoice = {
  status: "retagged",
  origin: rawRecord("r").origin,
  voiceId: rawRecord("r").voice.voiceId,
  revision: rawRecord("r").voice.revision,
  epoch: 1,
  encoder: "of another",
  taxonomies: [],
  segments: [],
};

test("both languages grant the same", () => {
  expect(grantsOf("operations.md").length).toBeGreaterThan(10);
  expect(grantsOf("operations.ja.md")).toEqual(grantsOf("operations.md"));
});

describeWithKafka("a broker that grants what the page says", { secure: true }, (broker) => {
  const folder = sharedFolder();
  const plain = () => kafkaSettings({ brokers: broker.brokers });
  const connection = (username: User) => {
    const passwordFile = join(folder, "password");
    writeFileSync(passwordFile, SASL_USER.password, { mode: 0o600 });
    return {
      brokers: broker.secureBrokers,
      ssl: { ca: broker.ca },
      sasl: { mechanism: "scram-sha-512" as const, username, passwordFile },
    };
  };
  const as = (username: User) => kafkaSettings(connection(username));
  const openServe = async (): Promise<Home> => {
    const config = loadConfig({
      home: join(folder, "home"),
      file: undefined,
      workingFolder: folder,
    });
    const kafka = as("kizuki-serve");
    const home = await openHome({ ...config, kafka }, KEYS, () => new Date("2026-01-05T08:00:00Z"));
    onTestFinished(() => home.close());
    return home;
  };

  beforeAll(async () => {
    await expect(ensureStreams(as("kizuki-streams"), { create: true })).rejects.toThrow("権限");
    await withAdmin(plain(), "", (admin) => admin.createAcls({ acl: grantsOf("operations.md") }));
  });

  test("streams ensure makes the streams and sees how they are set", async () => {
    const made = await ensureStreams(as("kizuki-streams"), { create: true });
    expect(made.map(({ state, differences }) => ({ state, differences }))).toEqual(
      Array.from({ length: 4 }, () => ({ state: "created", differences: [] })),
    );
  });

  test("serve writes, loads, keeps and looks, and enrich does what it brings", async () => {
    const home = await openServe();
    const worker = await startTestWorker(as("kizuki-enrich"));
    const { kafka } = home;
    if (kafka === undefined) throw new Error("a home without Kafka");
    await kafka.publishRaw([rawRecord("a")]);
    while (!(await kafka.hasReadPast(new Date()))) await kafka.caughtUp();
    await kafka.act(reportMade("{}"));
    await kafka.publishTags([RETAGGED]);
    await kafka.caughtUp();
    await keepStreamNow(as("kizuki-serve"), home);
    const seen: string[] = [];
    await kafka.readRaw(({ status }) => seen.push(status));
    expect(seen).toEqual(["ok"]);
    expect((await kafka.state({ maxAgeMs: 0 }))?.calibrations).toHaveLength(1);
    expect(await worker.lag()).toBe(0);
    const { reader } = home.warehouse;
    const rows = await reader.runAndReadAll("select count(*)::int from voices");
    expect(rows.getRowsJS()).toEqual([[1]]);
  });

  test("streams accept moves serve's own position and that of the workers", async () => {
    await withAdmin(plain(), "", async (admin) => {
      const offsets = await admin.fetchTopicOffsets("voc.raw");
      const [partition = 0] = offsets.flatMap(({ partition, high }) =>
        high === "0" ? [] : [partition],
      );
      await admin.setOffsets({
        groupId: "kizuki-enrich",
        topic: "voc.raw",
        partitions: [{ partition, offset: "7" }],
      });
    });
    const config = join(folder, "kizuki.yaml");
    // JSON is YAML.
    writeFileSync(config, JSON.stringify({ kafka: connection("kizuki-serve") }));
    const args = ["--config", config, "streams", "accept"];
    const accepted = await runKizuki(args, { home: join(folder, "home") });
    expect(accepted.stdout, accepted.stderr).toMatch(/^voc\.raw-\d: 7 → 0\n$/);
  });

  test("a worker makes no stream and reads nothing that people did", async () => {
    await expect(ensureStreams(as("kizuki-enrich"), { create: true })).rejects.toThrow("権限");
    const read = replayStream(as("kizuki-enrich"), "voc.actions", () => undefined);
    await expect(read).rejects.toThrow("権限");
  });
});
