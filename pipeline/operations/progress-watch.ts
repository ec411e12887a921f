/** Whether the process gets on: what `/livez` answers, and what makes a stuck one end itself. */
export type Liveness = {
  readonly status: "moving" | "idle" | "waiting" | "stuck";
  /** Records that stand in the streams and are not through. */
  readonly lag: number;
  /** Since something last moved, or since there was first something to move. */
  readonly stillMs: number;
};

export type ProgressWatch = {
  /** Something went through. */
  moved(): void;
  /** Called every `SAMPLE_MS` and whenever somebody asks. @param lag records that wait */
  sample(lag: number): Liveness;
};

/** Between two samples of the process's own. */
export const SAMPLE_MS = 15_000;

/**
 * Being up is not being alive: a process is stuck when records wait and nothing has moved for a while. Without
 * anything that waits it is idle, however long.
 *
 * Waiting is counted from sample to sample, and a hole between two samples does not count: a process that was
 * paused, or whose machine slept, gets its whole time again.
 *
 * @param nowMs monotonic milliseconds: a clock that is set forward must not kill anybody
 */
export function progressWatch(options: {
  readonly nowMs: () => number;
  readonly stuckAfterMs: number;
}): ProgressWatch {
  const { nowMs, stuckAfterMs } = options;
  let stillSince = nowMs();
  let sampledAt = nowMs();
  let hasMoved = false;
  return {
    moved() {
      stillSince = nowMs();
      hasMoved = true;
    },
    sample(lag) {
      const now = nowMs();
      const hole = now - sampledAt > 3 * SAMPLE_MS;
      sampledAt = now;
      if (lag === 0 || hole) stillSince = now;
      const stillMs = now - stillSince;
      const moving = hasMoved;
      hasMoved = false;
      if (lag === 0) return { status: "idle", lag, stillMs };
      if (stillMs >= stuckAfterMs) return { status: "stuck", lag, stillMs };
      return { status: moving ? "moving" : "waiting", lag, stillMs };
    },
  };
}
