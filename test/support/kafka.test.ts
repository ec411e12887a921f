import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, test } from "vitest";
import { PROJECT } from "./run-kizuki.ts";
import { tempFolder } from "./temp-folder.ts";

const jars = inject("kafkaJars");

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test.skipIf(jars === null)("a Java program is killed when its starter is", async () => {
  // Asks a broker that is not there for as long as it lives: a minute.
  const asks = ["org.apache.kafka.tools.GetOffsetShell", "--bootstrap-server", "127.0.0.1:1"];
  const code = `
    const { JavaProcess } = await import("./test/support/kafka/java-process.ts");
    const java = await JavaProcess.start(${JSON.stringify(jars)}, ${JSON.stringify(asks)}, ${JSON.stringify(`${tempFolder()}/log`)});
    console.log(java.pid);
    await java.ended();`;
  const starter = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", code],
    { cwd: PROJECT, stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line] = await once(createInterface(starter.stdout), "line");
  const pid = Number(line);
  expect(isAlive(pid)).toBe(true);
  starter.kill("SIGKILL");
  for (let left = 100; isAlive(pid) && left > 0; left -= 1) await sleep(50);
  expect(isAlive(pid)).toBe(false);
});
