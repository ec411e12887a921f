import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ensureStreams } from "../../../pipeline/streams/ensure-streams.ts";
import type { KafkaSettings } from "../../../pipeline/streams/kafka-settings.ts";
import { makeCertificates } from "../../support/kafka/certificates.ts";
import { kafkaSettings } from "../../support/kafka/sample-records.ts";
import { SASL_USER } from "../../support/kafka/server-properties.ts";
import { describeWithKafka } from "../../support/kafka.ts";
import { tempFolder } from "../../support/temp-folder.ts";

function secretFile(secret: string, mode = 0o600): string {
  const path = join(tempFolder(), "secret");
  writeFileSync(path, `${secret}\n`, { mode });
  return path;
}

/** A JWT that nobody signed: what the broker of the tests takes. */
function unsignedToken(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  return `${part({ alg: "none" })}.${part({ sub: "kizuki", iat: now, exp: now + 600 })}.`;
}

describeWithKafka("a broker with TLS and SASL", { secure: true }, (broker) => {
  const streamsWith = async (settings: Partial<Omit<KafkaSettings, "streams">>) =>
    await ensureStreams(
      kafkaSettings({ brokers: broker.secureBrokers, ssl: { ca: broker.ca }, ...settings }),
      { create: true },
    );
  const errorWith = async (settings: Partial<Omit<KafkaSettings, "streams">>) =>
    await streamsWith(settings).then(
      () => "no error",
      (error: Error) => error.message,
    );
  const { username, password } = SASL_USER;

  test.each(["scram-sha-512", "scram-sha-256", "plain"] as const)(
    "%s opens it with the right password, and a wrong one is told as such",
    async (mechanism) => {
      const passwordFile = secretFile(password);
      expect(await streamsWith({ sasl: { mechanism, username, passwordFile } })).toHaveLength(4);
      const wrong = await errorWith({
        sasl: { mechanism, username, passwordFile: secretFile("chigau-kotoba") },
      });
      expect(wrong).toContain("認証に失敗しました");
      expect(wrong).not.toContain("chigau");
    },
  );

  test("oauthbearer opens it with the token of a file or of a command", async () => {
    const tokenFile = secretFile(unsignedToken());
    expect(await streamsWith({ sasl: { mechanism: "oauthbearer", tokenFile } })).toHaveLength(4);
    const tokenCommand = ["cat", tokenFile];
    expect(await streamsWith({ sasl: { mechanism: "oauthbearer", tokenCommand } })).toHaveLength(4);
    const silent = await errorWith({ sasl: { mechanism: "oauthbearer", tokenCommand: ["true"] } });
    expect(silent).toContain("kafka.sasl.tokenCommand（true）が何も出しませんでした");
  });

  test("a broker that wants a certificate of ours opens with it, and not without", async () => {
    const { ca, client } = broker.certificates;
    const brokers = broker.mutualBrokers;
    expect(await streamsWith({ brokers, ssl: { ca, ...client } })).toHaveLength(4);
    const stranger = makeCertificates(tempFolder()).client;
    for (const ssl of [{ ca }, { ca, ...stranger }]) {
      expect(await errorWith({ brokers, ssl })).toContain("kafka.ssl の cert と key");
    }
  });

  test("a certificate of an unknown authority is told as such", async () => {
    const { ca } = makeCertificates(tempFolder());
    expect(await errorWith({ ssl: { ca } })).toContain("証明書を確かめられません");
  });

  test("TLS to a port without it, and none to a port with it, name kafka.ssl", async () => {
    expect(await errorWith({ brokers: broker.brokers })).toContain("kafka.ssl");
    expect(await errorWith({ ssl: undefined })).toContain("kafka.ssl");
  });

  test("no login to a port that wants one names kafka.sasl", async () => {
    expect(await errorWith({})).toContain("kafka.sasl");
  });

  test("a secret that everyone may read, is empty or is not there is refused", async () => {
    const login = (passwordFile: string) =>
      errorWith({ sasl: { mechanism: "scram-sha-512", username, passwordFile } });
    expect(await login(secretFile(password, 0o644))).toContain("誰でも読めます（モード 644");
    expect(await login(secretFile(""))).toContain("が空です");
    expect(await login("/nowhere/secret")).toContain("/nowhere/secret が読めません");
  });
});
