/** After a failure the next try comes in a minute, then in two, four and so on, up to the own interval or an hour. */
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 60 * 60_000;

/**
 * Does work again and again until it is to stop, with a pause from the end of one time to the next.
 *
 * @param work says whether it went well
 * @param wait returns after so long, or at once when it is to stop
 */
export async function repeatWithBackoff(
  work: () => Promise<boolean>,
  {
    everyMs,
    stop,
    wait = waitUntil,
  }: {
    readonly everyMs: number;
    readonly stop: AbortSignal;
    readonly wait?: (ms: number, stop: AbortSignal) => Promise<void>;
  },
): Promise<void> {
  let failures = 0;
  while (!stop.aborted) {
    failures = (await work()) ? 0 : failures + 1;
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
    await wait(failures === 0 ? everyMs : Math.min(retryMs, everyMs), stop);
  }
}

function waitUntil(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    stop.addEventListener("abort", done);
    if (stop.aborted) done();
  });
}
