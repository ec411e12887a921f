import { WEEK_WORDS } from "../common-report.ts";
import { formatShare } from "../few-voices.ts";
import { figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { cellText } from "../formats/cell-text.ts";
import { type KeyFigure, toldShare } from "../key-figures.ts";
import { begunLine, changeWord, evenedText, levelText } from "../page/change-cell.ts";
import { type Html, html } from "../page/html.ts";
import { emptyDaysLine } from "../page/note-lines.ts";
import { figureLink } from "../page/voice-lists.ts";
import { type ToldMove, toldMoves } from "../told-moves.ts";
import { CHANGE_WORDS, noChangeReason, USUAL } from "../words.ts";
import type { WeeklyReport } from "./weekly-report.ts";

const SHOWN = new Set<KeyFigure["measure"]>(["all", "complaint", "negative", "praise"]);

export function figuresSection(report: WeeklyReport): Html {
  return html`<section class="key" aria-label="主な数字">${report.keyFigures
    .filter(({ measure }) => SHOWN.has(measure))
    .map((line) => card(report, line))}</section>${begunLine(report)}${
    report.keyFigures.some((line) => looksMoved(report, line))
      ? html`
<p class="small soft">${APART_NOTE}</p>`
      : ""
  }`;
}

function card(report: WeeklyReport, line: KeyFigure): Html {
  const moves = toldMoves(report, line, WEEK_WORDS);
  const still = stillText(moves);
  const lines = moves.map((move) => {
    const word = move.change === null || still !== "" ? html`` : changeWord(move.change, move.name);
    const from = fromText(report, move);
    const gap = from.markup === "" || word.markup === "" ? "" : "　";
    return html`
<p class="small">${from}${gap}${word}</p>`;
  });
  const isVolume = line.measure === "all";
  return html`<div class="card"><h2>${line.label}</h2>${amountOf(report, line)}${lines}${note(still)}${
    isVolume ? html`${note(evenedText(moves))}${emptyDaysLine(report)}` : ""
  }</div>`;
}

function note(text: string): Html {
  return text === ""
    ? html``
    : html`
<p class="small soft">${text}</p>`;
}

function amountOf(report: WeeklyReport, { figure, share }: KeyFigure): Html {
  const told = toldShare(report.figures, share);
  const total = figureOf(report.figures, "all").value;
  if (told === null) {
    const of =
      share === null
        ? html``
        : html`
<p class="small soft">声${formatCount(total)}件のうち</p>`;
    return html`<p class="big">${figureLink(report, figure)}<span>件</span></p>${of}`;
  }
  const text = (share: number) => formatShare(share, total);
  return html`<p class="big">${text(told.value)}</p>
<p class="small">${figureLink(report, figure)}件　<span class="soft">偶然でぶれる幅 ${text(told.low)}〜${text(told.high)}</span></p>`;
}

/** 前週 64件（11.8%）, いつも 15.1%（11.6%〜18.5%）. */
function fromText(report: WeeklyReport, move: ToldMove): Html {
  const { name, figure, level } = move;
  if (figure === null) return levelText(move);
  const share = level === null ? "" : `（${cellText(level, "share")}）`;
  return html`${name} ${figureLink(report, figure)}件${share}`;
}

/** One line for all comparisons where they say the same; else nothing. */
function stillText(moves: readonly ToldMove[]): string {
  const compared = moves.flatMap(({ name, change }) => (change === null ? [] : [{ name, change }]));
  const [first] = compared;
  const isStill =
    first !== undefined &&
    compared.length > 1 &&
    compared.every(
      ({ change }) => change.word === "unclear" && change.because === first.change.because,
    );
  if (!isStill) return "";
  const against = compared.map(({ name }) => `${name === USUAL ? "いつもの水準" : name}からも`);
  return `${against.join("、")}、${CHANGE_WORDS.unclear}${noChangeReason(first.change)}`;
}

/** Whether a reader who compares the two by eye would take a share for changed that nobody can say so of. */
function looksMoved(report: WeeklyReport, line: KeyFigure): boolean {
  const told = toldShare(report.figures, line.share);
  const before = toldShare(report.figures, line.previousShare, "all-previous");
  const [previous] = toldMoves(report, line, WEEK_WORDS);
  if (!SHOWN.has(line.measure) || told === null || before === null) return false;
  return (
    previous?.change?.word === "unclear" && (before.value < told.low || before.value > told.high)
  );
}

const APART_NOTE =
  "前週の割合が「偶然でぶれる幅」の外にあっても、変化とは言えないことがあります。前週の割合にも幅があり、週ごとの揺れもあるためです。";
