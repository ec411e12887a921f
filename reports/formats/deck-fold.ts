import type { Placed } from "./deck-columns.ts";
import { BODY } from "./deck-flow.ts";
import type { DeckSlide } from "./deck-slides.ts";

/** Less than this is little, in inches. */
const SMALL_HEIGHT = 1.8;
const ROOM_BETWEEN = 0.2;

/** Slides with little on them stand below the one before. */
export function foldSmall(slides: readonly DeckSlide[]): DeckSlide[] {
  const folded: DeckSlide[] = [];
  for (const slide of slides) {
    const { small, kicker, notes } = slide;
    const before = folded.at(-1);
    const height = small === undefined ? SMALL_HEIGHT : bottomOf(small) - BODY.top;
    const down = before === undefined ? 0 : bottomOf(before.placed) + ROOM_BETWEEN - BODY.top;
    if (
      small === undefined ||
      before === undefined ||
      height >= SMALL_HEIGHT ||
      down + height > BODY.height
    ) {
      folded.push(slide);
      continue;
    }
    folded[folded.length - 1] = {
      ...before,
      kicker: [...new Set(`${before.kicker}・${kicker}`.split("・"))].join("・"),
      placed: [...before.placed, ...small.map((each) => ({ ...each, y: each.y + down }))],
      notes: [...before.notes, ...notes],
    };
  }
  return folded;
}

function bottomOf(placed: readonly Placed[]): number {
  return Math.max(BODY.top, ...placed.map(({ piece, y }) => y + piece.height));
}
