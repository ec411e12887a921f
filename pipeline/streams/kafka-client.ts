import { setTimeout as sleep } from "node:timers/promises";
import {
  Kafka,
  type KafkaConfig,
  type LogEntry,
  logLevel,
  type RetryOptions,
  type SASLOptions,
} from "kafkajs";
import { readPemFile, readSecretFile } from "../secret-file.ts";
import { calmRequestQueues } from "./calm-request-queues.ts";
import { registerCodecs } from "./kafka-codecs.ts";
import { readToken } from "./kafka-secrets.ts";
import type { KafkaSettings, Sasl } from "./kafka-settings.ts";

/**
 * Said out loud everywhere: NODE_ENV=test changes kafkajs's default, and a consumer or an admin does not take all of
 * the client's. With it an outage of some seconds is bridged, and a longer one is told after five or six.
 */
export const KAFKA_RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 1000, retries: 8 };

/** With the broker gone, kafkajs's own disconnect may never end. */
const DISCONNECT_MS = 5000;

/** Ends a client in bounded time; that it could not say goodbye is no failure. */
export async function disconnect(client: { disconnect(): Promise<void> }): Promise<void> {
  const disconnecting = client.disconnect().catch(() => undefined);
  await Promise.race([disconnecting, sleep(DISCONNECT_MS, undefined, { ref: false })]);
}

export type KafkaLog = (line: {
  readonly level: "error" | "warn";
  readonly from: string;
  readonly message: string;
}) => void;

/**
 * The only place that makes a kafkajs client.
 *
 * @throws ConfigError where a certificate or a secret cannot be read
 */
export function makeKafkaClient(settings: KafkaSettings, log: KafkaLog = () => undefined): Kafka {
  registerCodecs();
  calmRequestQueues();
  const ssl = readSsl(settings.ssl);
  const sasl = readSasl(settings.sasl);
  return new Kafka({
    clientId: settings.clientId,
    brokers: [...settings.brokers],
    connectionTimeout: 1000,
    requestTimeout: 10_000,
    retry: KAFKA_RETRY,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => log(lineOf(entry)),
    ...(ssl !== undefined && { ssl }),
    ...(sasl !== undefined && { sasl }),
  });
}

/** kafkajs's own fields (stack, correlation ids) stay behind; none of them holds a record. */
function lineOf({ level, namespace, log }: LogEntry): Parameters<KafkaLog>[0] {
  const broker: unknown = log.broker;
  const where = typeof broker === "string" ? ` (${broker})` : "";
  // A code in a broker's answer, such as a group whose coordinator is still being found: retried, or thrown and told.
  const isAnswer = log.message.startsWith("Response ");
  return {
    level: level === logLevel.ERROR && !isAnswer ? "error" : "warn",
    from: namespace,
    message: `${log.message}${where}`,
  };
}

function readSsl(ssl: KafkaSettings["ssl"]): KafkaConfig["ssl"] {
  if (ssl === undefined || ssl === true) return ssl;
  return {
    ...(ssl.ca !== undefined && { ca: readPemFile(ssl.ca, "kafka.ssl.ca") }),
    ...(ssl.cert !== undefined && { cert: readPemFile(ssl.cert, "kafka.ssl.cert") }),
    ...(ssl.key !== undefined && { key: readSecretFile(ssl.key, "kafka.ssl.key") }),
  };
}

function readSasl(sasl: Sasl | undefined): SASLOptions | undefined {
  if (sasl === undefined) return undefined;
  if (sasl.mechanism === "oauthbearer") {
    return {
      mechanism: "oauthbearer",
      oauthBearerProvider: async () => ({ value: await readToken(sasl) }),
    };
  }
  const { mechanism, username } = sasl;
  const password = readSecretFile(sasl.passwordFile, "kafka.sasl.passwordFile");
  // One by one: kafkajs's type ties each name to its own shape.
  if (mechanism === "plain") return { mechanism, username, password };
  if (mechanism === "scram-sha-256") return { mechanism, username, password };
  return { mechanism, username, password };
}
