import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Kafka, logLevel } from "kafkajs";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { type Certificates, makeCertificates } from "./kafka/certificates.ts";
import { freePorts } from "./kafka/free-ports.ts";
import type { KafkaJars } from "./kafka/jars.ts";
import { JavaProcess, runJava } from "./kafka/java-process.ts";
import {
  GRANTED_USERS,
  type Ports,
  SASL_USER,
  serverProperties,
} from "./kafka/server-properties.ts";
import { removeFolder, sharedFolder } from "./temp-folder.ts";

/** A start takes three seconds on an idle machine, and much more beside a training run. */
const START_MS = 120_000;
const TEST_MS = 180_000;
/** Another process may take a port between its choice and the broker's start. */
const TRIES = 3;

/** A real Apache Kafka: one node that is its own controller, on loopback, its data in a folder of its own. */
export class KafkaBroker {
  readonly jars: KafkaJars;
  readonly folder = sharedFolder();
  readonly #secure: boolean;
  readonly #quick: boolean;
  readonly #clusterId = newClusterId();
  #certificates: Certificates | undefined;
  #ports: Ports | undefined;
  #java: JavaProcess | undefined;

  /**
   * @param options.secure a second listener with TLS and SASL (`SASL_USER`)
   * @param options.quick false for a broker as users have it, whose times do not make it come back soon after a kill
   */
  constructor(jars: KafkaJars, options: { readonly secure: boolean; readonly quick?: boolean }) {
    this.jars = jars;
    this.#secure = options.secure;
    this.#quick = options.quick ?? true;
  }

  get brokers(): string[] {
    return [`127.0.0.1:${this.#port("plain")}`];
  }

  get secureBrokers(): string[] {
    return [`127.0.0.1:${this.#port("secure")}`];
  }

  /** These want a client's own certificate. */
  get mutualBrokers(): string[] {
    return [`127.0.0.1:${this.#port("mutual")}`];
  }

  /** Of the secure listeners. */
  get certificates(): Certificates {
    if (this.#certificates === undefined) throw new Error("the broker is not secure");
    return this.#certificates;
  }

  /** PEM file of the authority that the secure listeners' certificate is signed by. */
  get ca(): string {
    return this.certificates.ca;
  }

  /** Starts it, again on the same data and ports; ready when it answers. */
  async start(): Promise<void> {
    if (this.#ports !== undefined) return await this.#launch();
    if (this.#secure) this.#certificates = makeCertificates(this.folder);
    for (let left = TRIES; ; left -= 1) {
      const [plain = 0, secure = 0, mutual = 0, controller = 0] = await freePorts(4);
      this.#ports = { plain, secure, mutual, controller };
      await this.#format();
      try {
        return await this.#launch();
      } catch (cause) {
        if (left === 1 || !String(cause).includes("Address already in use")) throw cause;
        removeFolder(this.#dataFolder);
      }
    }
  }

  /** SIGTERM: it hands over and writes what it knows. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** SIGKILL: it does nothing more. What it had acknowledged is in the page cache. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** SIGSTOP: connections stay open and nobody answers. */
  pause(): void {
    this.#java?.signal("SIGSTOP");
  }

  resume(): void {
    this.#java?.signal("SIGCONT");
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.kill();
    removeFolder(this.folder);
  }

  get #dataFolder(): string {
    return join(this.folder, "data");
  }

  get #propertiesFile(): string {
    return join(this.folder, "server.properties");
  }

  #port(name: keyof Ports): number {
    if (this.#ports === undefined) throw new Error("the broker was never started");
    return this.#ports[name];
  }

  async #format(): Promise<void> {
    if (this.#ports === undefined) throw new Error("no ports");
    mkdirSync(this.#dataFolder, { recursive: true });
    const properties = serverProperties({
      ports: this.#ports,
      dataFolder: this.#dataFolder,
      certificates: this.#certificates,
      quick: this.#quick,
    });
    writeFileSync(this.#propertiesFile, properties);
    const { username, password } = SASL_USER;
    const users = [username, ...GRANTED_USERS].flatMap((name) =>
      ["SCRAM-SHA-256", "SCRAM-SHA-512"].flatMap((mechanism) => [
        "--add-scram",
        `${mechanism}=[name=${name},password=${password}]`,
      ]),
    );
    await runJava(
      this.jars,
      [
        ...["kafka.tools.StorageTool", "format", "-t", this.#clusterId],
        ...["-c", this.#propertiesFile, ...(this.#secure ? users : [])],
      ],
      join(this.folder, "format.log"),
    );
  }

  async #launch(): Promise<void> {
    const program = ["kafka.Kafka", this.#propertiesFile];
    const java = await JavaProcess.start(this.jars, program, join(this.folder, "broker.log"));
    this.#java = java;
    const deadline = performance.now() + START_MS;
    while (!(await this.#answers())) {
      if (java.exitCode !== null || performance.now() > deadline) {
        await this.kill();
        throw new Error(`the broker did not start\n${java.log.slice(-4000)}`);
      }
      await sleep(50);
    }
  }

  /** The cluster's id is asked too: a broker of somebody else may have the port. */
  async #answers(): Promise<boolean> {
    const kafka = new Kafka({
      brokers: this.brokers,
      connectionTimeout: 500,
      retry: { retries: 0 },
      logLevel: logLevel.NOTHING,
    });
    const admin = kafka.admin();
    try {
      await admin.connect();
      const { clusterId, brokers } = await admin.describeCluster();
      return clusterId === this.#clusterId && brokers.length === 1;
    } catch {
      return false;
    } finally {
      await admin.disconnect();
    }
  }

  async #end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const java = this.#java;
    this.#java = undefined;
    if (java === undefined || java.exitCode !== null) return;
    java.signal(signal);
    await java.ended();
  }
}

/** 16 bytes in base64url, as Kafka wants it; one that begins with "-" is taken for an option. */
function newClusterId(): string {
  const id = randomBytes(16).toString("base64url");
  return id.startsWith("-") ? newClusterId() : id;
}

/** Tests that share one broker, started before the first and gone after the last; skipped where there is no Kafka. */
export function describeWithKafka(
  title: string,
  options: { readonly secure: boolean },
  tests: (broker: KafkaBroker) => void,
): void {
  const jars = inject("kafkaJars");
  if (jars === null) {
    describe.skipIf(true)(title, () => {
      tests(new KafkaBroker({ version: "", folder: "" }, options));
    });
    return;
  }
  describe(title, { timeout: TEST_MS }, () => {
    const broker = new KafkaBroker(jars, options);
    beforeAll(() => broker.start(), TEST_MS);
    afterAll(() => broker.remove());
    tests(broker);
  });
}
