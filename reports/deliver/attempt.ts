/** What came of handing over one message. */
export type Attempt =
  | { readonly status: "sent" }
  /** Nothing arrived; it may the next time. */
  | { readonly status: "later"; readonly reason: string; readonly notBefore?: Date }
  /** It was handed over in full and no answer came: it may have arrived. */
  | { readonly status: "lost"; readonly reason: string }
  /** It was refused for good. */
  | { readonly status: "refused"; readonly reason: string };

const LONGEST_WAIT_MINUTES = 720;
/** Minutes from one try to the next. A server that puts strangers off (greylisting) takes the second; a night's outage is outlasted. */
const WAIT_MINUTES = [5, 15, 60, 120, 240, 480, LONGEST_WAIT_MINUTES];

/** A second message with the same id is bearable, a third is not. */
const MOST_ANSWERS_LOST = 2;

export type DeliveryState = {
  readonly state: "sent" | "queued" | "dead";
  readonly tries: number;
  readonly answersLost: number;
  readonly notBefore: Date;
  readonly reason: string | null;
};

/** Decides what an attempt means: done, once more later, or given up until a person has it sent again. */
export function stateAfter(
  attempt: Attempt,
  before: Pick<DeliveryState, "tries" | "answersLost">,
  now: Date,
): DeliveryState {
  const tries = before.tries + 1;
  const answersLost = before.answersLost + (attempt.status === "lost" ? 1 : 0);
  const counted = { tries, answersLost, notBefore: now };
  if (attempt.status === "sent") return { ...counted, state: "sent", reason: null };
  const { reason } = attempt;
  const minutes = WAIT_MINUTES[tries - 1];
  if (attempt.status === "refused" || minutes === undefined || answersLost >= MOST_ANSWERS_LOST) {
    return { ...counted, state: "dead", reason };
  }
  const asked = attempt.status === "later" ? attempt.notBefore : undefined;
  const notBefore = asked === undefined ? after(now, minutes) : bounded(asked, now, minutes);
  return { ...counted, state: "queued", reason, notBefore };
}

/** As late as a server asks for, but no later than the longest wait: a proxy may answer with milliseconds for seconds. */
function bounded(asked: Date, now: Date, minutes: number): Date {
  const earliest = after(now, minutes);
  const latest = after(now, LONGEST_WAIT_MINUTES);
  if (asked > latest) return latest;
  return asked > earliest ? asked : earliest;
}

function after(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * 60_000);
}
