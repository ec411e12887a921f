import { figureOf } from "../figure.ts";
import { formatCount, formatPercent } from "../format-japanese.ts";
import { comparableFigure, type KeyFigure, toldShare } from "../key-figures.ts";
import { begunLine, changeWord, evenedRatio, levelText } from "../page/change-cell.ts";
import { type Html, html } from "../page/html.ts";
import { emptyDaysLine } from "../page/note-lines.ts";
import { figureLink } from "../page/voice-lists.ts";
import type { Change } from "../statistics/change.ts";
import { CHANGE_WORDS, noChangeReason } from "../words.ts";
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
  const { label, figure, share } = line;
  const told = toldShare(report.figures, share);
  const previousShare = toldShare(report.figures, line.previousShare, "all-previous");
  const { previous, change, usual, lastYear } = comparableFigure(line, report.trend);
  const compared = [change, usual?.change, lastYear?.change].filter((each) => each != null);
  const [first] = compared;
  const isStill =
    compared.length > 1 &&
    compared.every((each) => each.word === "unclear" && each.because === first?.because);
  const word = (told: Change) => (isStill ? html`` : html`　${changeWord(told)}`);
  const still =
    isStill && first !== undefined
      ? html`
<p class="small soft">${compared.length === 2 ? "どちら" : "どれ"}とも、${CHANGE_WORDS.unclear}${noChangeReason(first)}</p>`
      : html``;
  const before = (rest: string) =>
    previous === null
      ? html`${change === null ? "" : changeWord(change)}`
      : html`前週 ${figureLink(report, previous)}件${rest}${change === null ? "" : word(change)}`;
  const past = (format: (level: number) => string) =>
    [
      { name: "いつも", baseline: usual },
      { name: "前年", baseline: lastYear },
    ].map(({ name, baseline }) =>
      baseline === null
        ? html``
        : html`
<p class="small">${levelText(name, baseline, format)}${word(baseline.change)}</p>`,
    );
  if (share === null) {
    const expected = (level: number) => `${formatCount(Math.round(level))}件`;
    return html`<div class="card"><h2>${label}</h2><p class="big">${figureLink(report, figure)}<span>件</span></p>
<p class="small">${before("")}${evenedRatio(change)}</p>${emptyDaysLine(report)}${past(expected)}${still}</div>`;
  }
  const total = figureOf(report.figures, "all").value;
  const value =
    told === null
      ? html`<p class="big">${figureLink(report, figure)}<span>件</span></p>
<p class="small soft">声${formatCount(total)}件のうち</p>`
      : html`<p class="big">${formatPercent(told.value)}</p>
<p class="small">${figureLink(report, figure)}件　<span class="soft">偶然でぶれる幅 ${formatPercent(told.low)}〜${formatPercent(told.high)}</span></p>`;
  return html`<div class="card"><h2>${label}</h2>${value}
<p class="small">${before(previousShare === null ? "" : `（${formatPercent(previousShare.value)}）`)}</p>${past(formatPercent)}${still}</div>`;
}

/** Whether a reader who compares the two by eye would take a share for changed that nobody can say so of. */
function looksMoved(report: WeeklyReport, line: KeyFigure): boolean {
  const told = toldShare(report.figures, line.share);
  const before = toldShare(report.figures, line.previousShare, "all-previous");
  const { change } = comparableFigure(line, report.trend);
  if (!SHOWN.has(line.measure) || told === null || before === null) return false;
  return change?.word === "unclear" && (before.value < told.low || before.value > told.high);
}

const APART_NOTE =
  "前週の割合が「偶然でぶれる幅」の外にあっても、前週の割合にも幅があり、割合は週ごとに揺れますので、変化とは言えないことがあります。";
