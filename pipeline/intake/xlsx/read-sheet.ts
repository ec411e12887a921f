import type { ByteSource } from "../files/byte-source.ts";
import { type CellRange, placeOf, rangeOf } from "./cell-place.ts";
import { type CellXml, cellText } from "./cell-text.ts";
import type { Workbook } from "./open-workbook.ts";
import { type Attributes, readXml, type XmlEvents } from "./read-xml.ts";
import { LONGEST_CELL, StringItem } from "./string-item.ts";

/** A row of a sheet that has something written in it. */
export type SheetRow = {
  /** From 0. */
  readonly index: number;
  readonly isHidden: boolean;
  /** By column from 0; a cell that is not there was never written. */
  readonly cells: readonly (string | undefined)[];
};

/** What a sheet says beside its rows. */
export type SheetNews = {
  /** Comes after all the rows. */
  merge?(range: CellRange): void;
  /** From 0, ends included. */
  hiddenColumns?(left: number, right: number): void;
  bytes?(bytesRead: number): void;
  /** Whether a row is of use: one that is not is passed over, which takes less time. Without it each is. */
  wants?(row: Pick<SheetRow, "isHidden">): boolean;
};

/** Excel's last column is XFD. */
const MOST_COLUMNS = 16_384;

/** Yields a sheet's rows in order as its XML is inflated, those of one piece at a time. */
export async function* readSheet(
  sheet: ByteSource,
  workbook: Workbook,
  news: SheetNews = {},
): AsyncGenerator<readonly SheetRow[]> {
  const events = new SheetEvents(workbook, news);
  for await (const _ of readXml(counted(sheet, news), events)) {
    const rows = events.take();
    if (rows.length > 0) yield rows;
  }
}

function counted(sheet: ByteSource, { bytes }: SheetNews): ByteSource {
  return {
    ...sheet,
    async *read() {
      let bytesRead = 0;
      for await (const chunk of sheet.read()) {
        bytesRead += chunk.length;
        bytes?.(bytesRead);
        yield chunk;
      }
    },
  };
}

class SheetEvents implements XmlEvents {
  private readonly workbook: Workbook;
  private readonly news: SheetNews;
  private rows: SheetRow[] = [];
  private row = -1;
  private isHidden = false;
  private isWanted = true;
  private column = -1;
  private cells: (string | undefined)[] = [];
  private attributes: Attributes = {};
  private readonly inline = new StringItem();
  private value = "";
  private isValue = false;
  private hasFormula = false;

  constructor(workbook: Workbook, news: SheetNews) {
    this.workbook = workbook;
    this.news = news;
  }

  take(): readonly SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    if (name === "row") this.openRow(attributes);
    if (!this.isWanted) return;
    this.inline.open(name);
    if (name === "c") this.openCell(attributes);
    else if (name === "v") this.isValue = true;
    else if (name === "f") this.hasFormula = true;
    else if (name === "col" && isTrue(attributes.hidden)) {
      this.news.hiddenColumns?.(Number(attributes.min) - 1, Number(attributes.max) - 1);
    } else if (name === "mergeCell") {
      const range = rangeOf(attributes.ref ?? "");
      if (range !== undefined) this.news.merge?.(range);
    }
  }

  text(text: string): void {
    if (!this.isWanted) return;
    this.inline.text(text);
    if (this.isValue && this.value.length < LONGEST_CELL) this.value += text.slice(0, LONGEST_CELL);
  }

  close(name: string): void {
    if (name === "row") this.closeRow();
    if (!this.isWanted) return;
    this.inline.close(name);
    if (name === "v") this.isValue = false;
    else if (name === "c") this.closeCell();
  }

  private openRow(attributes: Attributes): void {
    // A writer may leave the number out where it is the next.
    this.row = attributes.r === undefined ? this.row + 1 : Number(attributes.r) - 1;
    this.isHidden = isTrue(attributes.hidden);
    this.isWanted = this.news.wants?.({ isHidden: this.isHidden }) ?? true;
    this.cells = [];
    this.column = -1;
  }

  private openCell(attributes: Attributes): void {
    this.column = placeOf(attributes.r ?? "")?.column ?? this.column + 1;
    this.attributes = attributes;
    this.value = "";
    this.hasFormula = false;
    this.inline.take();
  }

  private closeCell(): void {
    const { t: type = "n", s } = this.attributes;
    const { formats, strings, epoch } = this.workbook;
    const cell: CellXml = {
      type,
      value: this.value,
      inline: this.inline.take(),
      hasFormula: this.hasFormula,
      format: formats[Number(s ?? 0)],
    };
    const text = cellText(cell, { shared: (index) => strings.get(index), epoch });
    if (text !== "" && this.column < MOST_COLUMNS) this.cells[this.column] = text;
  }

  private closeRow(): void {
    const { row: index, isHidden, cells } = this;
    // Excel writes rows that have only a height or a border.
    if (cells.some((cell) => cell !== undefined && cell.trim() !== "")) {
      this.rows.push({ index, isHidden, cells });
    }
    this.isWanted = true;
  }
}

function isTrue(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
