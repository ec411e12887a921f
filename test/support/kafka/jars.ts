import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

const run = promisify(execFile);

const POM = fileURLToPath(new URL("pom.xml", import.meta.url));
const LEAST_JAVA = 17;

export type KafkaJars = {
  /** Of Apache Kafka, such as 4.3.1. */
  readonly version: string;
  readonly folder: string;
};

declare module "vitest" {
  export interface ProvidedContext {
    /** null where Java or the jars could not be had: the Kafka tests are skipped. */
    kafkaJars: KafkaJars | null;
  }
}

/**
 * Finds Java and the jars of a broker once for all tests, so that no two workers download them and what is missing is
 * said once.
 *
 * @throws Error on CI, where a skipped test would look like a passed one
 */
export async function setup({ provide }: TestProject): Promise<void> {
  provide("kafkaJars", await findKafka());
}

/** @returns null where Java or the jars cannot be had, said loudly; on CI it throws */
export async function findKafka(): Promise<KafkaJars | null> {
  const version = process.env.KIZUKI_TEST_KAFKA || "4.3.1";
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  try {
    await checkJava();
    return { version, folder: await findJars(version, join(cache, "kizuki-test")) };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `What needs a real Kafka ${version} cannot run: ${reason}\nGet what is missing: apt-get install default-jre-headless maven openssl (Java ${LEAST_JAVA} or later, Maven Central within reach once).`;
    if (process.env.CI) throw new Error(message, { cause });
    process.stderr.write(`\n!!! SKIPPED !!! ${message}\n\n`);
    return null;
  }
}

async function checkJava(): Promise<void> {
  const { stderr } = await run("java", ["-version"]).catch((cause: unknown) => {
    throw new Error("there is no java.", { cause });
  });
  const major = Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0);
  if (major < LEAST_JAVA) throw new Error(`java is ${major}, not ${LEAST_JAVA} or later.`);
  await run("openssl", ["version"]).catch((cause: unknown) => {
    throw new Error("there is no openssl.", { cause });
  });
}

/** A folder with a jar missing never has the final name: it gets that by one rename, and the first of two wins. */
async function findJars(version: string, cache: string): Promise<string> {
  const folder = join(cache, `kafka-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const unfinished = `${folder}.${process.pid}.tmp`;
  try {
    process.stderr.write(`Getting the jars of Kafka ${version} by Maven into ${folder}\n`);
    await run("mvn", [
      ...["-B", "-q", "-f", POM, "dependency:copy-dependencies"],
      ...[`-Dkafka.version=${version}`, `-DoutputDirectory=${unfinished}`],
    ]).catch((cause: unknown) => {
      throw new Error(`mvn did not bring its jars: ${cause}`, { cause });
    });
    renameSync(unfinished, folder);
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw cause;
  }
  return folder;
}
