/** Where "now" comes from. Only `cli/main.ts` decides which one is used. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();

/** A clock that stood at `start` when it was made and has run since, for tests and rehearsals. */
export function clockFrom(start: Date, system: Clock = systemClock): Clock {
  const shift = start.getTime() - system().getTime();
  return () => new Date(system().getTime() + shift);
}
