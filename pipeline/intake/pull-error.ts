import { KizukiError } from "../errors.ts";

/** A mailbox, feed or interface could not be read. What was read before is kept, and the next try goes on from there. */
export class PullError extends KizukiError {
  readonly code = "KIZUKI_PULL";
  override readonly retriable = true;
  override readonly exitCode = 3;
}
