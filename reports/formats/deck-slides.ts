import type { Block, Outline, Section } from "../outline/outline.ts";
import { BODY, groupsOf, heightOf, type Piece, textOf } from "./deck-flow.ts";

/** A piece and where it stands, in inches. */
export type Placed = {
  readonly piece: Piece;
  readonly x: number;
  readonly y: number;
  readonly w: number;
};

export type DeckSlide = {
  /** What kind of matter it is, above the heading. */
  readonly kicker: string;
  /** What it says. */
  readonly title: string;
  readonly placed: readonly Placed[];
  /** How it was counted and chosen: for the speaker. */
  readonly notes: readonly string[];
};

const GAP = 0.4;
/** Sections that share a slide, beside each other; the first gives it its heading. */
const SHARED: readonly (readonly string[])[] = [
  ["headlines", "figures", "line"],
  ["signals", "terms"],
  ["praise", "awareness", "decisions"],
];
/** What is looked up: in smaller letters over two columns. */
const LOOKED_UP = ["completeness", "definitions"];
const READING = "数字の読み方";
/** For reading, not for showing. */
const READ_ONLY = new Set(["voices", "correction", "quiet"]);
/** Of so many of its items the meeting hears customers' own words. */
const QUOTED_ITEMS = 3;
const LONGEST_CELL = 90;
/** Voices, and those with something said ill, negative or praised; the others are for the page. */
const FIGURES_SHOWN = 4;

/** The slides of a meeting: what a report says, each heading a sentence. What it reads in detail stays in the report. */
export function deckSlides({ sections }: Outline): DeckSlide[] {
  const shown = sections.filter(({ id, isUntested }) => !READ_ONLY.has(id) && isUntested !== true);
  const done = new Set<string>();
  return shown.flatMap((section) => {
    if (done.has(section.id)) return [];
    const together = [...SHARED, LOOKED_UP].find((group) => group.includes(section.id));
    const ids = together ?? [section.id];
    const group = shown.filter(({ id }) => ids.includes(id));
    for (const { id } of group) done.add(id);
    return slidesOf(section, group);
  });
}

/** @param group the section, and those that share its slide */
function slidesOf(section: Section, group: readonly Section[]): DeckSlide[] {
  if (section.id === "headlines") return [headlineSlide(group), ...wordsSlides(section)];
  if (section.id === "priorities") return prioritySlides(section);
  if (LOOKED_UP.includes(section.id)) return lookUpSlides(group);
  return group.length > 1 ? [columnsSlide(group)] : plainSlides(section);
}

/** The first line is the heading; the others and the figures stand below. */
function headlineSlide(group: readonly Section[]): DeckSlide {
  const blocks = blocksOf(group);
  const [first, ...rest] = blocks.flatMap((block) =>
    block.type === "lines" && block.isNote !== true ? block.lines : [],
  );
  const lines = rest.map((title): Block => ({ type: "item", title, lines: [], quotes: [] }));
  const tables = blocks.flatMap((block) =>
    block.type === "table" ? [{ ...block, rows: block.rows.slice(0, FIGURES_SHOWN) }] : [],
  );
  // Which voices a line has is said by the cover, and in full to the speaker.
  const kicker = group.flatMap(({ id, title }) => (id === "line" ? [] : [title])).join("・");
  return {
    kicker,
    title: first ?? kicker,
    placed: column([...lines, ...tables], { x: BODY.left, w: BODY.width }),
    notes: notesOf(group),
  };
}

/** One slide to decide on, one with customers' own words. */
function prioritySlides(section: Section): DeckSlide[] {
  const items = section.blocks.flatMap((block) => (block.type === "item" ? [block] : []));
  if (items.length === 0) return plainSlides(section);
  const hasDecided = items.some(({ lines }) => lines.length > 2);
  const titles = ["話題", "件数と変化", "理由", ...(hasDecided ? ["前回決めたこと"] : [])];
  const table: Piece = {
    type: "table",
    height: BODY.height,
    widths: hasDecided ? [0.2, 0.26, 0.3, 0.24] : [0.24, 0.36, 0.4],
    table: {
      columns: titles.map((title) => ({ title, kind: "text" })),
      rows: items.map(({ title, lines: [counts = "", reasons = "", decided = ""] }, index) => [
        `${index + 1}.　${title}`,
        ...[counts, reasons].map(shortened),
        ...(hasDecided ? [shortened(decided.replace("前回決めたこと：", "") || "―")] : []),
      ]),
    },
  };
  const { title: kicker, message: title = kicker } = section;
  const notes = notesOf([section]);
  return [
    { kicker, title, placed: [{ piece: table, x: BODY.left, y: BODY.top, w: BODY.width }], notes },
    ...wordsSlides(section),
  ];
}

/** What customers say of a section's first items, beside each other. */
function wordsSlides({ id, title: kicker, blocks }: Section): DeckSlide[] {
  const cards = blocks
    .flatMap((block) => (block.type === "item" ? [block] : []))
    .slice(0, QUOTED_ITEMS)
    .filter(({ quotes }) => quotes.length > 0)
    .map(
      ({ title, quotes }): Section => ({
        id,
        title,
        blocks: [{ type: "item", title: "", lines: [], quotes }],
      }),
    );
  return cards.length === 0
    ? []
    : [{ kicker, title: `${kicker}についてのお客様のことば`, placed: columns(cards), notes: [] }];
}

/** Sections as they are, down one column and on in the next, over as many slides as they need. */
function lookUpSlides(group: readonly Section[]): DeckSlide[] {
  const w = (BODY.width - GAP) / 2;
  const bottom = BODY.top + BODY.height;
  const filled: Placed[][] = [];
  let y = bottom;
  for (const pieces of blocksOf(group).flatMap((block) => groupsOf(block, w))) {
    if (y + heightOf(pieces) > bottom) {
      filled.push([]);
      y = BODY.top;
    }
    const x = BODY.left + (filled.length % 2 === 1 ? 0 : w + GAP);
    for (const piece of pieces) {
      filled.at(-1)?.push({ piece, x, y, w });
      y += piece.height;
    }
  }
  const kicker = group.map(({ title }) => title).join("・");
  return filled.flatMap((left, index) =>
    index % 2 === 1
      ? []
      : [
          {
            kicker,
            title: index === 0 ? (group[0]?.message ?? READING) : `${READING}（続き）`,
            placed: [...left, ...(filled[index + 1] ?? [])],
            notes: index === 0 ? notesOf(group) : [],
          },
        ],
  );
}

function columnsSlide(group: readonly Section[]): DeckSlide {
  const [first] = group;
  return {
    kicker: group.map(({ title }) => title).join("・"),
    title: first?.message ?? group.map(({ title }) => title).join("・"),
    placed: columns(group),
    notes: notesOf(group),
  };
}

/** In the largest letters in which everything fits, so that few words do not look lost. */
function columns(group: readonly Section[]): Placed[] {
  const tried = COLUMN_SCALES.map((scale) => columnsOf(group, scale));
  return tried.find((placed) => !placed.some(isContinued)) ?? columnsOf(group, 1);
}

const COLUMN_SCALES = [1.4, 1.2, 1];

function columnsOf(group: readonly Section[], scale: number): Placed[] {
  const w = (BODY.width - GAP * (group.length - 1)) / group.length;
  const text = textOf(w, scale);
  return group.flatMap((section, index) => {
    const { title, blocks } = section;
    const x = BODY.left + index * (w + GAP);
    const heading = text(title, { points: 16, isBold: true });
    const below = { x, w, top: BODY.top + heading.height + 0.1, scale };
    return [
      { piece: heading, x, y: BODY.top, w },
      ...column(isSpoken(section) ? blocks : blocks.slice(0, 1).map(asItem), below),
    ];
  });
}

/** Whether it has more than notes that there is nothing. */
function isSpoken({ blocks }: Section): boolean {
  return blocks.some((block) => block.type !== "lines" || block.isNote !== true);
}

/** A section that has nothing but its note says so. */
function asItem(block: Block): Block {
  return block.type === "lines"
    ? { type: "item", title: "", lines: block.lines.slice(0, 1), quotes: [] }
    : block;
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
function column(blocks: readonly Block[], { x, w, top = BODY.top, scale = 1 }: Room): Placed[] {
  const rest = textOf(w)(CONTINUED, { points: 12, isSoft: true });
  const bottom = BODY.top + BODY.height;
  const placed: Placed[] = [];
  let y = top;
  for (const group of blocks.flatMap((block) =>
    groupsOf(block, w, { height: bottom - top, scale }),
  )) {
    if (placed.length > 0) y += roomAbove(group);
    if (y + heightOf(group) > bottom) return [...placed, { piece: rest, x, y, w }];
    for (const piece of group) {
      placed.push({ piece, x, y, w });
      y += piece.height;
    }
  }
  return placed;
}

/** A table has no heading that would keep it from what stands above. */
function roomAbove([first]: readonly Piece[]): number {
  return first?.type === "table" ? 0.2 : 0;
}

/** What the marks of a trend mean, below its chart. */
function marksInLine(block: Block): Block {
  if (block.type !== "table" || block.chart !== undefined) return block;
  const marks = block.rows.map((cells) => cells.filter((cell) => cell !== "").join(" "));
  return { type: "item", title: "", lines: [marks.join("　／　")], quotes: [] };
}

/** A section of its own on as many slides as it needs. */
function plainSlides(section: Section): DeckSlide[] {
  const { title: kicker, message: title = kicker, blocks } = section;
  const whole = { x: BODY.left, w: BODY.width };
  const shown = blocks.some((block) => groupsOf(block, BODY.width).length > 0)
    ? blocks.map((block) => (section.id === "trend" ? marksInLine(block) : block))
    : blocks.slice(0, 1).map(asItem);
  const slides: Placed[][] = [[]];
  let used = 0;
  for (const group of shown.flatMap((block) => groupsOf(block, BODY.width))) {
    if (used > 0) used += roomAbove(group);
    const height = heightOf(group);
    if (used > 0 && used + height > BODY.height) {
      slides.push([]);
      used = 0;
    }
    for (const piece of group) {
      slides.at(-1)?.push({ piece, x: whole.x, y: BODY.top + used, w: whole.w });
      used += piece.height;
    }
  }
  return slides.map((placed, index) => ({
    kicker,
    title: index === 0 ? title : `${kicker}（続き）`,
    placed,
    notes: index === 0 ? notesOf([section]) : [],
  }));
}

function blocksOf(group: readonly Section[]): Block[] {
  return group.flatMap(({ blocks }) => blocks);
}

function notesOf(group: readonly Section[]): string[] {
  return group.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.type === "lines" && block.isNote ? block.lines : [])),
  );
}

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_CELL
    ? text
    : `${characters.slice(0, LONGEST_CELL - 1).join("")}…`;
}
