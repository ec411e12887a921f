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
