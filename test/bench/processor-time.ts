import { readdirSync, readFileSync } from "node:fs";

/** Of Linux, for all that /proc says. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time by program. On a shared machine they say what a clock cannot. */
export type ProcessorTime = {
  /** This process: publishing, fetching, loading. */
  readonly own: number;
  /** Worker processes. */
  readonly workers: number;
  readonly broker: number;
};

/** @returns what this process and all that it has started have used until now */
export function processorTime(): ProcessorTime {
  const { user, system } = process.cpuUsage();
  const time = { own: (user + system) / 1e6, workers: 0, broker: 0 };
  for (const { program, seconds } of descendants()) {
    if (program === "java") time.broker += seconds;
    else time.workers += seconds;
  }
  return time;
}

export function since(begin: ProcessorTime): ProcessorTime {
  const { own, workers, broker } = processorTime();
  return {
    own: own - begin.own,
    workers: workers - begin.workers,
    broker: broker - begin.broker,
  };
}

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly program: string;
  readonly seconds: number;
};

function descendants(): Process[] {
  const processes = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const found: Process[] = [];
  for (let parents = new Set([process.pid]); parents.size > 0; ) {
    const children = processes.filter(({ parent }) => parents.has(parent));
    found.push(...children);
    parents = new Set(children.map(({ pid }) => pid));
  }
  return found;
}

/** @returns none where it has ended meanwhile */
function readProcess(pid: string): Process[] {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return [];
  }
  // The program's name stands in brackets and may hold spaces: fields are counted behind it.
  const program = text.slice(text.indexOf("(") + 1, text.lastIndexOf(")"));
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  return [{ pid: Number(pid), parent: Number(fields[1]), program, seconds }];
}
