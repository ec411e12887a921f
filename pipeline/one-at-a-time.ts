/** Makes callers of one resource take turns: each begins when the one before has ended, well or badly. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** The same where some may go on at once; those that wait begin in order. */
export function someAtATime(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = count;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}

/** Turns for several resources, each by its name. */
export function oneAtATimeEach(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, ReturnType<typeof oneAtATime>>();
  return (name, work) => {
    const inTurn = turns.get(name) ?? oneAtATime();
    turns.set(name, inTurn);
    return inTurn(work);
  };
}

/** Turns that overlap: two begin beside the end of another. */
export type OverlappingTurns = {
  /** Beside nothing else. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** @param begin returns how the turn is ended; turns are ended in order, one at a time */
  overlapping<T>(begin: () => Promise<() => Promise<T>>): Promise<T>;
};

export function overlappingTurns(): OverlappingTurns {
  const inTurn = oneAtATime();
  let ending: Promise<unknown> = Promise.resolve();
  /** Of the last turn but one, and of the last: has begun, and none before it is being ended. */
  let mayEnd = [ending, ending];
  return {
    alone: (work) =>
      inTurn(async () => {
        await ending;
        return await work();
      }),
    async overlapping(begin) {
      const { ended } = await inTurn(async () => {
        await mayEnd[0];
        const previous = ending;
        const begun = begin();
        const ended = Promise.all([begun, previous]).then(([end]) => end());
        mayEnd = [...mayEnd.slice(1), Promise.allSettled([begun, previous])];
        ending = Promise.allSettled([previous, ended]);
        return { ended };
      });
      return await ended;
    },
  };
}
