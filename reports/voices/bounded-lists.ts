import { type Figure, type Figures, LISTED } from "../figure.ts";

/** What tells all voices of a figure. */
export type Listing = {
  readonly figures: Figures;
  /** Ids of the voices that a list names beyond its first, joined by commas; empty in older values. */
  readonly unlisted: string;
};

/**
 * Cuts each list to its first voices. The others are kept by where they stand among all that were cut off, as the
 * difference to the one before: lists are in one order, so that a voice takes two or three characters a list
 * instead of the 37 of its id.
 *
 * @param figures with all their voices
 */
export function boundLists(figures: Figures): Listing {
  const positions = new Map<string, number>();
  const bounded = Object.entries(figures).map(([id, figure]): [string, Figure] => {
    const { voiceIds } = figure;
    if (voiceIds.length <= LISTED) return [id, figure];
    const steps: number[] = [];
    let last = 0;
    for (const voiceId of voiceIds.slice(LISTED)) {
      const known = positions.get(voiceId);
      const position = known ?? positions.size;
      if (known === undefined) positions.set(voiceId, position);
      steps.push(position - last);
      last = position;
    }
    return [id, { ...figure, voiceIds: voiceIds.slice(0, LISTED), rest: steps.join(",") }];
  });
  return { figures: Object.fromEntries(bounded), unlisted: [...positions.keys()].join(",") };
}

/** Every voice that a figure counted, newest first. */
export function allVoiceIds(figure: Figure, { unlisted }: Pick<Listing, "unlisted">): string[] {
  if (figure.rest === undefined) return figure.voiceIds;
  const ids = unlisted.split(",");
  let position = 0;
  const others = figure.rest.split(",").map((step) => {
    position += Number(step);
    const id = ids[position];
    if (id === undefined) throw new RangeError(`報告書の値に「${figure.id}」の声がありません`);
    return id;
  });
  return [...figure.voiceIds, ...others];
}
