/** Makes callers of one resource take turns: each begins when the one before has ended, well or badly. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
}

/** The same for several resources, each by its name. */
export function oneAtATimeEach(): <T>(name: string, work: () => Promise<T>) => Promise<T> {
  const turns = new Map<string, ReturnType<typeof oneAtATime>>();
  return (name, work) => {
    const inTurn = turns.get(name) ?? oneAtATime();
    turns.set(name, inTurn);
    return inTurn(work);
  };
}

/** The same where the end of one turn may run beside the beginning of the next. */
export type OverlappingTurns = {
  /** Beside nothing else. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** @param begin returns how the turn is ended; no more than one other is being ended meanwhile */
  overlapping<T>(begin: () => Promise<() => Promise<T>>): Promise<T>;
};

export function overlappingTurns(): OverlappingTurns {
  const inTurn = oneAtATime();
  let ending: Promise<unknown> = Promise.resolve();
  return {
    alone: (work) =>
      inTurn(async () => {
        await ending;
        return await work();
      }),
    async overlapping(begin) {
      const { ended } = await inTurn(async () => {
        const end = await begin();
        await ending;
        const ended = end();
        ending = ended.catch(() => undefined);
        return { ended };
      });
      return await ended;
    },
  };
}
