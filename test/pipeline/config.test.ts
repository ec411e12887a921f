import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadConfig } from "../../pipeline/config.ts";
import { ConfigError } from "../../pipeline/errors.ts";
import { tempFolder } from "../support/temp-folder.ts";

function load(yaml: string) {
  const folder = tempFolder();
  const file = join(folder, "kizuki.yaml");
  mkdirSync(join(folder, "bert"));
  writeFileSync(
    join(folder, "named.yaml"),
    "name: my-shop\nlabel: 店\nversion: 1\ntopics: [{ id: a, label: 甲, severity: 1, topics: [{ id: a.b, label: 乙, description: 丙 }] }]\n",
  );
  writeFileSync(file, yaml);
  return loadConfig({ home: join(folder, "home"), file, workingFolder: folder });
}

function errorOf(yaml: string): string {
  try {
    load(yaml);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("the config was accepted");
}

test("without a file everything has a default", () => {
  const folder = tempFolder();
  const config = loadConfig({ home: folder, file: undefined, workingFolder: folder });
  expect(config).toMatchObject({
    taxonomies: ["food-maker"],
    schedule: { weeklyHour: 8, monthlyHour: 9 },
    file: undefined,
  });
});

test("all mistakes are told at once, each with its path, what was read and what was expected", () => {
  const message = errorOf(
    "title: 3\ntaxonomies: []\nschedule: { weeklyHour: 25, monthlyHour: '9' }\nmask: { numberPatterns: [KZ] }\nworkers: 0\ninbx: ./in\n",
  );
  for (const part of [
    "title … 読んだもの: 3、期待: 文字列",
    "taxonomies … 読んだもの: []、期待: 1 件以上\n",
    'mask.numberPatterns.0 … 読んだもの: "KZ"',
    "schedule.weeklyHour … 読んだもの: 25",
    'schedule.monthlyHour … 読んだもの: "9"',
    "workers … 読んだもの: 0",
    "inbx … この名前の項目はありません",
  ]) {
    expect(message).toContain(part);
  }
});

test("a recipient of a line that no line is called is refused; その他 is one as soon as there are lines", () => {
  const yaml = (line: string) => `lines: [{ name: 菓子, products: ["しお*"] }]
deliver:
  recipients: [{ name: a, reports: [weekly], lines: [${line}], webhook: { kind: slack, urlFile: x } }]`;
  expect(errorOf(yaml("飲料"))).toContain(
    "deliver.recipients.0.lines … 読んだもの: 飲料、期待: 全体、菓子、その他。",
  );
  expect(load(yaml("その他")).lines).toHaveLength(1);
});

test("broken YAML is told with its line", () => {
  expect(errorOf("title: [\n")).toContain("line 2");
});

test("paths are meant from the file's folder", () => {
  const config = load(
    "inbox: ./inbox\ntaxonomies: [./own.yaml, tourism]\nsources: { desk: desk.yaml }\n",
  );
  expect(config.inbox).toMatch(/\/inbox$/);
  expect(config.taxonomies[0]).toMatch(/^\/.*\/own\.yaml$/);
  expect(config.taxonomies[1]).toBe("tourism");
  expect(config.sources.desk).toMatch(/^\/.*\/desk\.yaml$/);
});

test("an inbox inside home is refused: what lies there is not masked yet", () => {
  expect(errorOf("inbox: ./home/inbox\n")).toContain("の外のフォルダ");
});

test("a backup inside home is refused: it would go with what it is a copy of", () => {
  expect(errorOf("backup: { folder: ./home/backup }\n")).toMatch(
    /backup\.folder … .*の外のフォルダ/,
  );
});

test("no port is opened and no backup made unless the config says so; an empty http is 127.0.0.1:8787", () => {
  const plain = load("");
  expect(plain.http).toBeUndefined();
  expect(plain.backup).toBeUndefined();
  expect(plain.stop).toEqual({ deadlineSeconds: 20, stuckMinutes: 10 });
  expect(load("http: {}\n").http).toEqual({ host: "127.0.0.1", port: 8787 });
  const { log, backup } = load("log: { file: ./serve.log }\nbackup: { folder: ./b, keep: 2 }\n");
  expect(log).toEqual({ level: "info", file: expect.stringMatching(/^\/.*\/serve\.log$/) });
  expect(backup).toEqual({ folder: expect.stringMatching(/^\/.*\/b$/), keep: 2 });
});

test.each([
  { yaml: "log: { level: loud }\n", told: 'log.level … 読んだもの: "loud"、期待: debug / info' },
  { yaml: "http: { port: 0 }\n", told: "http.port … 読んだもの: 0、期待: 1 以上" },
  { yaml: 'title: ""\n', told: 'title … 読んだもの: ""、期待: 1 文字以上' },
  {
    yaml: "annotations: [{ date: 1/5, label: 回収 }]\n",
    told: 'annotations.0.date … 読んだもの: "1/5"、期待: 2026-01-05 のような日付',
  },
  { yaml: "backup: { keep: 3 }\n", told: "backup.folder … 読んだもの: （なし）、期待: 文字列" },
  { yaml: "stop: { deadlineSeconds: 0 }\n", told: "stop.deadlineSeconds … 読んだもの: 0" },
])("a mistake in what operators set is told: $yaml", ({ yaml, told }) => {
  expect(errorOf(yaml)).toContain(told);
});

test.each([
  { yaml: "", folder: /\/models\/encoder\/base$/ },
  { yaml: "encoder: small\n", folder: /\/models\/encoder\/small$/ },
  { yaml: "encoder: ./bert\n", folder: /^\/(?!.*models).*\/bert$/ },
  { yaml: "encoder: { folder: bert, pooling: cls, prefix: 'query: ' }\n", folder: /\/bert$/ },
])("an encoder is one that ships or a folder: $yaml", ({ yaml, folder }) => {
  expect(load(yaml).encoder.folder).toMatch(folder);
});

test("a head is a folder, or a folder and what its labels are called here", () => {
  const { heads, encoder } = load(
    "encoder: { folder: bert, pooling: cls }\nheads: { kind: ./kind, sentiment: { folder: m, labels: { POSITIVE: positive } } }\n",
  );
  expect(encoder.pooling).toBe("cls");
  expect(heads.kind?.folder).toMatch(/^\/.*\/kind$/);
  expect(heads.sentiment).toMatchObject({
    folder: expect.stringMatching(/^\/.*\/m$/),
    labels: { POSITIVE: "positive" },
  });
});

test("an encoder that is stated wrongly is told what may stand there", () => {
  expect(errorOf("encoder: { folder: bert, pooling: max }\n")).toMatch(
    /encoder … 読んだもの: .*max.*、期待: base、small、エンコーダのフォルダ/,
  );
});

test.each(["encoder: basse\n", "encoder: { folder: ./basse }\n", "encoder: ./named.yaml\n"])(
  "an encoder that is not there is a mistake of the config: %j",
  (yaml) => {
    expect(() => load(yaml)).toThrow(ConfigError);
    expect(errorOf(yaml)).toMatch(
      /kizuki\.yaml: encoder … 読んだもの: \/.*(basse|named\.yaml).*期待: base、small/,
    );
  },
);

test("a head under a name that nothing asks for is refused, with the names that are known", () => {
  const yaml = "taxonomies: [tourism, ./named.yaml]\nheads: { sentimnt: ./a, food-maker: ./b }\n";
  expect(() => load(yaml)).toThrow(ConfigError);
  expect(errorOf(yaml)).toMatch(
    /heads … 読んだもの: sentimnt、food-maker（.*期待: sentiment、kind、emotion、intensity、harm、tourism、my-shop。/,
  );
});

test("a head may have the name of a taxonomy, as its YAML file says it", () => {
  const { heads } = load(
    "taxonomies: [tourism, ./named.yaml]\nheads: { tourism: a, my-shop: b }\n",
  );
  expect(Object.keys(heads)).toEqual(["tourism", "my-shop"]);
});

test("kafka needs its brokers only; files in it are meant from the config's folder", () => {
  expect(load("title: 声\n").kafka).toBeUndefined();
  expect(load("kafka: { brokers: ['kafka1:9092'] }\n").kafka).toEqual({
    brokers: ["kafka1:9092"],
    clientId: "kizuki",
    streams: { partitions: 12, replicationFactor: 3, minInSyncReplicas: 2, rawRetentionDays: 30 },
  });
  const { kafka } = load(
    "kafka: { brokers: ['kafka1:9093'], ssl: { ca: ca.pem }, sasl: { mechanism: scram-sha-512, username: a, passwordFile: ./password } }\n",
  );
  expect(kafka).toMatchObject({
    ssl: { ca: expect.stringMatching(/^\/.*\/ca\.pem$/) },
    sasl: { passwordFile: expect.stringMatching(/^\/.*\/password$/) },
  });
});

test.each([
  { replicationFactor: 1, expected: 1 },
  { replicationFactor: 2, expected: 1 },
  { replicationFactor: 3, expected: 2 },
  { replicationFactor: 5, expected: 2 },
])(
  "of $replicationFactor copies $expected must have a record",
  ({ replicationFactor, expected }) => {
    const yaml = `kafka: { brokers: ['a:1'], streams: { replicationFactor: ${replicationFactor} } }\n`;
    expect(load(yaml).kafka?.streams.minInSyncReplicas).toBe(expected);
  },
);

test("mistakes in kafka are told all at once, as the others are", () => {
  const message = errorOf(
    "kafka:\n  brokers: [kafka1]\n  ssl: { cert: a.pem }\n  sasl: { mechanism: scram, username: a }\n  streams: { partitions: 0 }\n  prefix: x\n",
  );
  for (const part of [
    'kafka.brokers.0 … 読んだもの: "kafka1"、期待: ホスト:ポート',
    'kafka.ssl … 読んだもの: {"cert":"a.pem"}、期待: cert と key の両方',
    'kafka.sasl.mechanism … 読んだもの: "scram"、期待: plain、scram-sha-256',
    "kafka.streams.partitions … 読んだもの: 0、期待: 1 以上",
    "kafka.prefix … この名前の項目はありません",
  ]) {
    expect(message).toContain(part);
  }
});

test.each([
  {
    why: "a password in the YAML",
    sasl: "{ mechanism: plain, username: a, password: himitsu }",
    says: "kafka.sasl.password … この名前の項目はありません",
  },
  {
    why: "a secret without TLS",
    sasl: "{ mechanism: plain, username: a, passwordFile: b }",
    says: "kafka.ssl … 読んだもの: （なし）、期待: true か { ca",
  },
  {
    why: "a token from nowhere",
    sasl: "{ mechanism: oauthbearer, token: himitsu }",
    says: "期待: tokenFile か tokenCommand のどちらか",
  },
])("$why is refused", ({ sasl, says }) => {
  const message = errorOf(`kafka: { brokers: ["a:1"], sasl: ${sasl} }\n`);
  expect(message).toContain(says);
  expect(message).not.toContain("himitsu");
});
