import type { Block, Section } from "../outline/outline.ts";
import { BODY, groupsOf, HEADING_ROOM, heightOf, type Piece, textOf } from "./deck-flow.ts";

/** A piece and where it stands, in inches. */
export type Placed = {
  readonly piece: Piece;
  readonly x: number;
  readonly y: number;
  readonly w: number;
};

const GAP = 0.4;

/** In the largest letters in which everything fits, so that few words do not look lost. */
export function columns(group: readonly Section[]): Placed[] {
  const tried = COLUMN_SCALES.map((scale) => columnsOf(group, scale));
  return tried.find((placed) => !placed.some(isContinued)) ?? columnsOf(group, 1);
}

const COLUMN_SCALES = [1.4, 1.2, 1];

function columnsOf(group: readonly Section[], scale: number): Placed[] {
  const w = (BODY.width - GAP * (group.length - 1)) / group.length;
  const text = textOf(w, scale);
  return group.flatMap(({ title, blocks }, index) => {
    const x = BODY.left + index * (w + GAP);
    const heading = text(title, { points: 16, isBold: true });
    const below = { x, w, top: BODY.top + heading.height + 0.1, scale };
    return [{ piece: heading, x, y: BODY.top, w }, ...column(blocks, below)];
  });
}

/** Whether all of them stand on one slide, beside each other and uncut. */
export function fitInColumns(group: readonly Section[]): boolean {
  return !columnsOf(group, 1).some(isContinued);
}

/** In letters of the usual size, however much room there is. */
export function plainColumns(group: readonly Section[]): Placed[] {
  return columnsOf(group, 1);
}

const CONTINUED = "続きは報告書にあります。";

function isContinued({ piece }: Placed): boolean {
  return piece.type === "text" && piece.text === CONTINUED;
}

type Room = {
  readonly x: number;
  readonly w: number;
  readonly top?: number;
  readonly scale?: number;
};

/** As much as the column holds; what does not fit is named. */
export function column(
  blocks: readonly Block[],
  { x, w, top = BODY.top, scale = 1 }: Room,
): Placed[] {
  const rest = textOf(w)(CONTINUED, { points: 12, isSoft: true });
  const bottom = BODY.top + BODY.height;
  const placed: Placed[] = [];
  let y = top;
  const groups = blocks.flatMap((block) =>
    groupsOf(block, w, { height: bottom - top - rest.height, scale }),
  );
  for (const [index, group] of groups.entries()) {
    y += roomAbove(group, groups[index - 1]);
    if (y + heightOf(group) > bottom) return [...placed, { piece: rest, x, y, w }];
    for (const piece of index === 0 ? withoutRoomAbove(group) : group) {
      placed.push({ piece, x, y, w });
      y += piece.height;
    }
  }
  return placed;
}

/** A heading that nothing stands above. */
function withoutRoomAbove([first, ...rest]: readonly Piece[]): readonly Piece[] {
  if (first?.type !== "text" || first.style.isHeading !== true) {
    return first === undefined ? [] : [first, ...rest];
  }
  const height = first.height - HEADING_ROOM;
  return [{ ...first, height, style: { ...first.style, isHeading: false } }, ...rest];
}

/** A table has no heading that would keep it from what stands above or below. */
export function roomAbove([first]: readonly Piece[], above: readonly Piece[] | undefined): number {
  if (above === undefined) return 0;
  return first?.type === "table" || above.at(-1)?.type === "table" ? 0.2 : 0;
}
