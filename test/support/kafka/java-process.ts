import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { KafkaJars } from "./jars.ts";

const RUN_JAVA = fileURLToPath(new URL("run-java.sh", import.meta.url));

/** A small heap, one thread of collection and no second compiler: a third off the start. */
const FLAGS = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

/** A Java program that ends when this process does, however it ends. */
export class JavaProcess {
  readonly #shell: ChildProcessByStdio<Writable, Readable, null>;
  readonly pid: number;
  readonly #logFile: string;

  private constructor(
    shell: ChildProcessByStdio<Writable, Readable, null>,
    pid: number,
    logFile: string,
  ) {
    this.#shell = shell;
    this.pid = pid;
    this.#logFile = logFile;
  }

  static async start(
    jars: KafkaJars,
    program: readonly string[],
    logFile: string,
  ): Promise<JavaProcess> {
    const args = [...FLAGS, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"];
    // java itself expands the star of the class path.
    const shell = spawn("sh", [RUN_JAVA, logFile, ...args, "-cp", `${jars.folder}/*`, ...program], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    shell.stdin.on("error", () => undefined);
    for await (const line of createInterface(shell.stdout)) {
      return new JavaProcess(shell, Number(line), logFile);
    }
    throw new Error("run-java.sh did not say a process id");
  }

  get exitCode(): number | null {
    return this.#shell.exitCode;
  }

  /** What it has written so far. */
  get log(): string {
    return readFileSync(this.#logFile, "utf8");
  }

  signal(signal: "SIGTERM" | "SIGKILL" | "SIGSTOP" | "SIGCONT"): void {
    process.kill(this.pid, signal);
  }

  /** @returns the exit code, 128 and the signal's number where a signal ended it */
  async ended(): Promise<number | null> {
    if (this.#shell.exitCode === null) await once(this.#shell, "exit");
    return this.#shell.exitCode;
  }
}

/** Runs one to its end. @throws Error with what it wrote where it fails */
export async function runJava(
  jars: KafkaJars,
  program: readonly string[],
  logFile: string,
): Promise<void> {
  const java = await JavaProcess.start(jars, program, logFile);
  if ((await java.ended()) !== 0) throw new Error(`${program.join(" ")}\n${java.log}`);
}
