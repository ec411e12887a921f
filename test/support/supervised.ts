import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { PROJECT, TEST_KEY } from "./run-kizuki.ts";

const RESTART_MS = 200;

/** A process that is started again whenever it ends, as systemd would. */
export class Supervised {
  readonly #args: readonly string[];
  #child: ChildProcess;
  #stopping = false;
  /** What it wrote to standard error, all of its lives. */
  log = "";

  /** @param args TypeScript file and its arguments */
  constructor(args: readonly string[]) {
    this.#args = args;
    this.#child = this.#start();
  }

  kill(): void {
    this.#child.kill("SIGKILL");
  }

  /** Whether it has sent SIGSTOP to itself. */
  isPaused(): boolean {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).startsWith("T");
  }

  resume(): void {
    this.#child.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGTERM");
    const deadline = setTimeout(() => this.kill(), 20_000);
    await ended;
    clearTimeout(deadline);
  }

  #start(): ChildProcess {
    const child = spawn(process.execPath, ["--import", "tsx", ...this.#args], {
      cwd: PROJECT,
      stdio: ["ignore", "ignore", "pipe"],
      env: { PATH: "/usr/bin:/bin", TZ: "America/St_Johns", KIZUKI_MASTER_KEY: TEST_KEY },
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.log += text;
    });
    child.once("exit", async () => {
      await sleep(RESTART_MS);
      if (!this.#stopping) this.#child = this.#start();
    });
    return child;
  }
}
