import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openWarehouse } from "../../../pipeline/warehouse/open-warehouse.ts";
import { type Ran, runKizuki, TEST_KEY } from "../run-kizuki.ts";
import { TINY_CLASSIFIER, TINY_ENCODER } from "../tiny-models.ts";

const NOW = "2025-08-04T09:30:00+09:00";

export type Worker = {
  /** What it wrote to standard error. */
  readonly lines: readonly string[];
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ran>;
};

/** A home with random models of a few KB, its commands as a user gives them, first without Kafka and then with it. */
export class TinyKafkaHome {
  readonly home: string;
  readonly #folder: string;
  readonly #brokers: readonly string[];

  constructor(folder: string, brokers: readonly string[]) {
    this.home = join(folder, "home");
    this.#folder = folder;
    this.#brokers = brokers;
  }

  file(name: string, lines: readonly string[]): string {
    const path = join(this.#folder, name);
    writeFileSync(path, lines.join("\n"));
    return path;
  }

  /** @param own what stands in `kizuki.yaml` besides */
  configure(options: { kafka: boolean; encoder?: string; own?: Record<string, unknown> }): void {
    const { kafka, encoder = TINY_ENCODER, own = {} } = options;
    const head = (positive: string, negative: string) => ({
      folder: TINY_CLASSIFIER,
      labels: { POSITIVE: positive, NEGATIVE: negative },
    });
    const config = {
      workers: 1,
      encoder,
      taxonomies: ["./own.yaml"],
      sources: { desk: "./desk.yaml" },
      heads: { sentiment: head("positive", "negative"), kind: head("praise", "complaint") },
      ...(kafka && {
        kafka: { brokers: this.#brokers, streams: { partitions: 3, replicationFactor: 1 } },
      }),
      ...own,
    };
    // JSON is YAML.
    this.file("kizuki.yaml", [JSON.stringify(config)]);
  }

  /** Which column says when a voice came; the others hold another day, or none. */
  describeDesk(receivedAt: string): void {
    const columns = `columns: { receivedAt: ${receivedAt}, verbatim: ご意見 }`;
    this.file("desk.yaml", ["name: desk", "channel: phone", columns]);
  }

  /** A taxonomy of one topic, decided by one word. */
  describeTopic(topic: string, word: string): void {
    const topics = `topics: [{ id: ${topic}, label: ${word}, rules: [${word}] }]`;
    this.file("own.yaml", ["name: own", "label: 自社", "version: 1", topics]);
  }

  async run(...args: readonly string[]): Promise<Ran & { json(): unknown }> {
    const ran = await runKizuki([...this.#config, ...args], {
      home: this.home,
      env: { KIZUKI_CLOCK: NOW },
    });
    return {
      ...ran,
      json() {
        if (ran.code !== 0) throw new Error(ran.stderr);
        return JSON.parse(ran.stdout);
      },
    };
  }

  /** A command that is killed at a stage. @returns its exit code: null where it got there */
  async killAt(stage: string, ...args: readonly string[]): Promise<number | null> {
    const { code } = await runKizuki([...this.#config, ...args], {
      home: this.home,
      env: { KIZUKI_CLOCK: NOW },
      onStage: (name) => (name === stage ? "kill" : "go on"),
    });
    return code;
  }

  /** A `kizuki enrich` of its own. */
  startWorker(...args: readonly string[]): Worker {
    return this.#start(args, TEST_KEY);
  }

  startWorkerWithKey(key: string): Worker {
    return this.#start([], key);
  }

  #start(args: readonly string[], key: string): Worker {
    const lines: string[] = [];
    let kill: (signal: NodeJS.Signals) => void = () => undefined;
    const ended = runKizuki([...this.#config, "enrich", ...args], {
      home: this.home,
      env: { KIZUKI_MASTER_KEY: key },
      onStart: (killer) => {
        kill = killer;
      },
      onLine: (line) => lines.push(line),
    });
    return { lines, kill: (signal) => kill(signal), ended };
  }

  async rows(sql: string): Promise<unknown[][]> {
    const warehouse = await openWarehouse(join(this.home, "warehouse.duckdb"));
    const reader = await warehouse.reader.runAndReadAll(sql);
    warehouse.close();
    return reader.getRowsJS();
  }

  get #config(): string[] {
    return ["--config", join(this.#folder, "kizuki.yaml")];
  }
}
