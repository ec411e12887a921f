import type { Block, Outline, Section } from "../outline/outline.ts";
import {
  column,
  columns,
  fitInColumns,
  type Placed,
  plainColumns,
  roomAbove,
} from "./deck-columns.ts";
import { BODY, groupsOf, heightOf, tablePiece } from "./deck-flow.ts";
import { foldSmall } from "./deck-fold.ts";

export type DeckSlide = {
  /** What kind of matter it is, above the heading. */
  readonly kicker: string;
  /** What it says. */
  readonly title: string;
  readonly placed: readonly Placed[];
  /** How it was counted and chosen: for the speaker. */
  readonly notes: readonly string[];
  /** The same in less room, for the slide before it. */
  readonly small?: readonly Placed[];
};

/** What people say of the voices, and the best of these. */
const PEOPLES = ["praise", "awareness", "decisions"];
/** Sections that share a slide, beside each other; the first gives it its heading. */
const SHARED: readonly (readonly string[])[] = [
  ["headlines", "figures", "line"],
  ["signals", "terms"],
  PEOPLES,
];
const MOST_COLUMNS = 3;
/** What is looked up, on the last slide; the definitions are for its notes. */
const LOOKED_UP = ["completeness", "definitions"];
/** Missed by nobody where they have nothing to show. */
const NEVER_MISSED = [...LOOKED_UP, "correction"];
const READING = "数字の読み方";
const READING_TEXT =
  "件数は、その話題・感情の文を一つでも含む声の数です。話題、感情、声の種類は機械による推定です。「増えた」「減った」は、偶然では説明しにくいときにだけ使います。ことばの定義と計算のしかたは、このスライドのノートにあります。";
/** For reading, not for showing. */
const READ_ONLY = new Set(["voices", "quiet"]);
const NOTHING_SHOWN = "載せるものがなかった項目";
/** Items beside each other of which the meeting hears customers' own words. */
const QUOTED_ITEMS = 3;
/** Records that could not be read; the others are for the page. */
const UNREAD_SHOWN = 3;
const LONGEST_CELL = 90;
/** Voices, and those with something said ill, negative or praised; the others are for the page. */
const FIGURES_SHOWN = 4;

/** The slides of a meeting: what a report says, each heading a sentence. What it reads in detail stays in the report. */
export function deckSlides({ sections }: Outline): DeckSlide[] {
  const shown = sections.filter(({ id, isUntested }) => !READ_ONLY.has(id) && isUntested !== true);
  const told = shown.filter((section) => !LOOKED_UP.includes(section.id) && hasMatter(section));
  const done = new Set<string>();
  const slides = told.flatMap((section) => {
    if (done.has(section.id)) return [];
    const group = groupOf(section, told);
    for (const { id } of group) done.add(id);
    return slidesOf(section, group);
  });
  const quiet = shown.filter(
    (section) => !NEVER_MISSED.includes(section.id) && !hasMatter(section),
  );
  const lookedUp = shown.filter(({ id }) => LOOKED_UP.includes(id));
  return [...foldSmall(slides), ...lookUpSlide(lookedUp, quiet)];
}

/** Those that share its slide. Where no early sign stands beside the terms, what comes next does. */
function groupOf(section: Section, told: readonly Section[]): Section[] {
  const ids = SHARED.find((group) => group.includes(section.id)) ?? [section.id];
  const group = told.filter(({ id }) => ids.includes(id));
  if (section.id !== "terms" || group.length > 1) return group;
  const wider = [...group, ...told.filter(({ id }) => PEOPLES.includes(id))];
  return wider.length <= MOST_COLUMNS && fitInColumns(wider) ? wider : group;
}

/** Whether it has more to show than that there is nothing. The scope of a line's report stands on the first slide. */
function hasMatter({ id, blocks }: Section): boolean {
  return id === "line" || blocks.some((block) => groupsOf(block, BODY.width).length > 0);
}

/** @param group the section, and those that share its slide */
function slidesOf(section: Section, group: readonly Section[]): DeckSlide[] {
  if (section.id === "headlines") return [headlineSlide(group), ...wordsSlides(section)];
  if (section.id === "priorities") return prioritySlides(section);
  const spoken = group.filter(({ id }) => id !== "line");
  if (spoken.length > 1) return [columnsSlide(spoken)];
  return spoken.flatMap((one) => {
    const slides = plainSlides(one, group);
    return slides.length > 1 || !PEOPLES.includes(one.id)
      ? slides
      : slides.map((slide) => ({ ...slide, small: plainColumns([one]) }));
  });
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
  const noted = (id: string) =>
    notesOf(group.filter((section) => section.id === id)).map(
      (line): Block => ({ type: "item", title: "", lines: [line], quotes: [] }),
    );
  const shown = [...noted("headlines"), ...lines, ...tables, ...noted("figures")];
  // Which voices a line has is said by the cover, and in full to the speaker.
  const kicker = group.flatMap(({ id, title }) => (id === "line" ? [] : [title])).join("・");
  return {
    kicker,
    title: first ?? kicker,
    placed: column(shown, { x: BODY.left, w: BODY.width }),
    notes: notesOf(group),
  };
}

/** One slide to decide on, one or two with customers' own words. */
function prioritySlides(section: Section): DeckSlide[] {
  const items = section.blocks.flatMap((block) => (block.type === "item" ? [block] : []));
  if (items.length === 0) return plainSlides(section, [section]);
  const hasDecided = items.some(({ lines }) => lines.length > 2);
  const titles = ["話題", "件数と変化", "理由", ...(hasDecided ? ["前回決めたこと"] : [])];
  const shares = hasDecided ? [0.16, 0.34, 0.26, 0.24] : [0.18, 0.48, 0.34];
  const table = (told: (text: string) => string) => ({
    columns: titles.map((title) => ({ title, kind: "text" as const })),
    rows: items.map(({ title, lines: [counts = "", reasons = "", decided = ""] }, index) => [
      `${index + 1}.　${title}`,
      ...[counts, reasons].map(told),
      ...(hasDecided ? [told(decided.replace("前回決めたこと：", "") || "―")] : []),
    ]),
  });
  const pieces = [
    { points: 14, told: whole },
    { points: 12, told: whole },
    { points: 12, told: shortened },
  ].map(({ points, told }) =>
    tablePiece(table(told), {
      points,
      isFirstBold: true,
      widths: shares.map((share) => share * BODY.width),
    }),
  );
  const piece = pieces.find(({ height }) => height <= BODY.height) ?? pieces.at(-1);
  const { title: kicker, message: title = kicker } = section;
  const placed = piece === undefined ? [] : [{ piece, x: BODY.left, y: BODY.top, w: BODY.width }];
  return [{ kicker, title, placed, notes: notesOf([section]) }, ...wordsSlides(section)];
}

/** What customers say of a section's items, a few beside each other. */
function wordsSlides({ id, title: kicker, blocks }: Section): DeckSlide[] {
  const cards = blocks
    .flatMap((block) => (block.type === "item" && block.quotes.length > 0 ? [block] : []))
    .map(
      ({ title, quotes }): Section => ({
        id,
        title,
        blocks: [{ type: "item", title: "", lines: [], quotes }],
      }),
    );
  const slides = Math.ceil(cards.length / QUOTED_ITEMS);
  const title = `${kicker}について、お客様はこうおっしゃっています`;
  return Array.from({ length: slides }, (_, index) => {
    const each = Math.ceil(cards.length / slides);
    const shown = cards.slice(index * each, (index + 1) * each);
    return {
      kicker,
      title: index === 0 ? title : `${title}（続き）`,
      placed: columns(shown),
      notes: [],
      small: plainColumns(shown),
    };
  });
}

/** What could not be read, how to read the numbers, and which sections had nothing to show. */
function lookUpSlide(group: readonly Section[], quiet: readonly Section[]): DeckSlide[] {
  const [first] = group;
  if (first === undefined) return [];
  const blocks = blocksOf(group.filter(({ id }) => id !== "definitions")).map((block) =>
    block.type === "table" ? { ...block, rows: block.rows.slice(0, UNREAD_SHOWN) } : block,
  );
  const facts: Block = {
    type: "facts",
    facts: [
      { term: READING, text: READING_TEXT },
      ...(quiet.length === 0
        ? []
        : [{ term: NOTHING_SHOWN, text: quiet.map(({ title }) => title).join("、") }]),
    ],
  };
  const tables = blocks.filter(({ type }) => type === "table");
  const rest = blocks.filter(({ type }) => type !== "table");
  const definitions = blocksOf(group.filter(({ id }) => id === "definitions"));
  return [
    {
      kicker: group.map(({ title }) => title).join("・"),
      title: first.message ?? READING,
      placed: column([...tables, facts, ...rest], { x: BODY.left, w: BODY.width }),
      notes: [...notesOf(group), ...definitions.flatMap(factLines)],
    },
  ];
}

function factLines(block: Block): string[] {
  return block.type === "facts" ? block.facts.map(({ term, text }) => `${term}：${text}`) : [];
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

/** What the marks of a trend mean, below its chart. */
function marksInLine(block: Block): Block {
  if (block.type !== "table" || block.chart !== undefined) return block;
  const marks = block.rows.map((cells) => cells.filter((cell) => cell !== "").join(" "));
  return { type: "item", title: "", lines: [marks.join("　／　")], quotes: [] };
}

/** A section of its own on as many slides as it needs. @param group those whose notes are told with it */
function plainSlides(section: Section, group: readonly Section[]): DeckSlide[] {
  const { title: kicker, message: title = kicker, blocks } = section;
  const whole = { x: BODY.left, w: BODY.width };
  const shown = blocks.map((block) => (section.id === "trend" ? marksInLine(block) : block));
  const groups = shown.flatMap((block) => groupsOf(block, BODY.width));
  const slides: Placed[][] = [[]];
  let used = 0;
  for (const [index, pieces] of groups.entries()) {
    if (used > 0) used += roomAbove(pieces, groups[index - 1]);
    const height = heightOf(pieces);
    if (used > 0 && used + height > BODY.height) {
      slides.push([]);
      used = 0;
    }
    for (const piece of pieces) {
      slides.at(-1)?.push({ piece, x: whole.x, y: BODY.top + used, w: whole.w });
      used += piece.height;
    }
  }
  return slides.map((placed, index) => ({
    kicker,
    title: index === 0 ? title : `${kicker}（続き）`,
    placed,
    notes: index === 0 ? notesOf(group) : [],
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

function whole(text: string): string {
  return text;
}

/** Where the whole has no room. */
function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_CELL
    ? text
    : `${characters.slice(0, LONGEST_CELL - 1).join("")}…`;
}
