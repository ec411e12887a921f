import { SingleBar } from "cli-progress";
import { formatCount } from "../../reports/format-japanese.ts";
import type { ProgressUnit, Reporter } from "../reporter.ts";

/** Between two plain lines of progress, where the output is no terminal. */
const PLAIN_LINE_MS = 5_000;
/** Work shorter than this needs no progress. */
const QUIET_MS = 2_000;

type Work = {
  readonly label: string;
  readonly total: number;
  readonly unit: ProgressUnit;
  readonly startMs: number;
};

/** Shows progress on standard error: a bar on a terminal, plain lines elsewhere. */
export function terminalReporter(options: {
  readonly stream: NodeJS.WriteStream;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  /** Prints each stage as a line of its own, for tests that kill the process there. */
  readonly stages: boolean;
}): Reporter {
  const { stream, nowMs } = options;
  let work: Work | undefined;
  let bar: SingleBar | undefined;
  let done = 0;
  let lastLineMs = 0;

  const plainLine = (current: Work): void => {
    if (nowMs() - Math.max(lastLineMs, current.startMs) < PLAIN_LINE_MS) return;
    lastLineMs = nowMs();
    stream.write(`${current.label} ${progressText(current, done, nowMs())}\n`);
  };
  const drawBar = (current: Work): void => {
    if (nowMs() - current.startMs < QUIET_MS) return;
    if (bar === undefined) {
      bar = new SingleBar({
        format: `${current.label} {bar} {percentage}% {progressText}`,
        barsize: 24,
        stream,
        hideCursor: false,
        clearOnComplete: true,
      });
      bar.start(current.total, done, { progressText: "" });
    }
    bar.update(done, { progressText: progressText(current, done, nowMs()) });
  };

  return {
    line(text) {
      stream.write(`${text}\n`);
    },
    begin(label, total, unit = "件") {
      work = { label, total, unit, startMs: nowMs() };
      done = 0;
    },
    advance(count) {
      done += count;
      if (work === undefined) return;
      if (stream.isTTY) drawBar(work);
      else plainLine(work);
    },
    end() {
      bar?.stop();
      bar = undefined;
      if (work !== undefined && nowMs() - work.startMs >= QUIET_MS) {
        const seconds = (nowMs() - work.startMs) / 1000;
        stream.write(
          `${work.label} 完了 ${formatCount(done)} ${work.unit}（${seconds.toFixed(1)} 秒、${rateText(work, done, seconds)}）\n`,
        );
      }
      work = undefined;
    },
    stage(name) {
      if (options.stages) stream.write(`stage ${name}\n`);
    },
  };
}

function progressText(work: Work, done: number, nowMs: number): string {
  const seconds = Math.max(0.001, (nowMs - work.startMs) / 1000);
  const rate = done / seconds;
  const left = rate > 0 ? Math.ceil((work.total - done) / rate) : 0;
  return `${formatCount(done)}/${formatCount(work.total)} ${work.unit}、${rateText(work, done, seconds)}、残り約 ${left} 秒`;
}

function rateText({ unit }: Work, done: number, seconds: number): string {
  const perSecond = done / seconds;
  const [time, rate] = perSecond < 1 ? ["毎分", perSecond * 60] : ["毎秒", perSecond];
  return `${time} ${formatCount(Math.round(rate))} ${unit}`;
}
