import { KizukiError } from "./errors.ts";

/** How work is told to end. A kill at any moment loses nothing, so giving up loses time only. */
export type Stop = {
  /** Begin nothing more; what is in hand may be finished. */
  readonly soon: AbortSignal;
  /** Give up what is in hand. */
  readonly now: AbortSignal;
};

export const neverStops: Stop = {
  soon: new AbortController().signal,
  now: new AbortController().signal,
};

/** Work ended before its end because the process is to end. What was taken in is kept. */
export class StoppedError extends KizukiError {
  readonly code = "KIZUKI_STOPPED";

  constructor() {
    super(
      "止めるように言われたので、途中で終わりました。取り込んだ分は残っています。続けるには、もう一度実行してください。",
    );
  }
}

/** @throws StoppedError once the process is to end */
export function goOn({ soon }: Stop): void {
  if (soon.aborted) throw new StoppedError();
}
