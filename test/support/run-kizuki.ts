import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

export type Ran = {
  /** null where it was killed. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

export type RunOptions = {
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  /** Folder with the code to run; another one than the project's for a mutant. */
  readonly project?: string;
  /** Bytes that no file may grow past: to DuckDB a full disk, and no root is needed for it. */
  readonly fileBytes?: number;
  /** Called at each stage the process passes; "kill" kills it with SIGKILL, and its children go with it. */
  readonly onStage?: (stage: string) => "kill" | "go on";
  /** Called once it runs, to stop it from outside. */
  readonly onStart?: (kill: (signal: NodeJS.Signals) => void) => void;
  /** Called for each line on standard error. */
  readonly onLine?: (line: string) => void;
};

/** A key for tests: 64 hex digits. */
export const TEST_KEY = "5eed".repeat(16);

/** Runs the real command line in a process of its own, as a user would. */
export function runKizuki(args: readonly string[], options: RunOptions): Promise<Ran> {
  const project = options.project ?? PROJECT;
  const [program = "", ...before] = programOf(options);
  const child = spawn(
    program,
    [...before, "--import", "tsx", "pipeline/cli/main.ts", "--home", options.home, ...args],
    {
      cwd: project,
      stdio: ["pipe", "pipe", "pipe"],
      env: {
        PATH: "/usr/bin:/bin",
        TZ: "America/St_Johns",
        HOME: options.home,
        KIZUKI_MASTER_KEY: TEST_KEY,
        KIZUKI_STAGES: options.onStage === undefined ? "" : "1",
        ...options.env,
      },
    },
  );
  child.stdin.on("error", () => undefined).end(options.input ?? "");
  options.onStart?.((signal) => child.kill(signal));
  let stdout = "";
  let stderr = "";
  let pending = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    const lines = (pending + text).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) {
      options.onLine?.(line);
      const stage = /^stage (.*)$/.exec(line)?.[1];
      if (stage !== undefined && options.onStage?.(stage) === "kill") child.kill("SIGKILL");
    }
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

function programOf({ fileBytes }: RunOptions): string[] {
  if (fileBytes === undefined) return [process.execPath];
  // POSIX counts blocks of 512 bytes. Node ignores the signal, so that a write past them fails.
  const limit = `ulimit -f ${Math.floor(fileBytes / 512)}; exec "$0" "$@"`;
  return ["sh", "-c", limit, process.execPath];
}
