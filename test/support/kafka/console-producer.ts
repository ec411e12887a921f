import { spawn } from "node:child_process";
import type { KafkaBroker } from "../kafka.ts";

const LONGEST_MS = 60_000;

/** Kafka's own console producer: a client that shares no code with ours, one record a line, no key, no headers. */
export async function produceLines(
  { jars, brokers }: KafkaBroker,
  options: {
    readonly stream: string;
    readonly compression: "none" | "gzip" | "lz4" | "snappy" | "zstd";
    readonly lines: readonly string[];
  },
): Promise<void> {
  const { stream, compression, lines } = options;
  const inTools = Number(jars.version.split(".")[0]) >= 4;
  const java = spawn(
    "java",
    [
      ...["-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", `${jars.folder}/*`],
      "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
      inTools ? "org.apache.kafka.tools.ConsoleProducer" : "kafka.tools.ConsoleProducer",
      ...["--bootstrap-server", brokers.join(","), "--topic", stream],
      ...["--compression-codec", compression],
      // Large batches, so that each holds several of its codec's blocks.
      ...["--producer-property", "batch.size=1000000", "--producer-property", "linger.ms=300"],
      ...["--producer-property", "max.request.size=8000000"],
    ],
    // It would try for two minutes to reach a broker that is gone.
    { stdio: ["pipe", "ignore", "pipe"], timeout: LONGEST_MS, killSignal: "SIGKILL" },
  );
  let errors = "";
  java.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  java.stdin.end(lines.map((line) => `${line}\n`).join(""));
  const code = await new Promise((resolve) => {
    java.on("close", resolve);
  });
  if (code !== 0 || errors.includes("ERROR")) throw new Error(`console producer: ${errors}`);
}
