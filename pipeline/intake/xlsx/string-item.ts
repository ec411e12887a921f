import type { XmlEvents } from "./read-xml.ts";

/** Excel's own limit is 32,767; what is longer than this is refused further on as too long for a voice. */
export const LONGEST_CELL = 100_000;

/**
 * Gathers the text of a string item: the runs of rich text one after another, without the readings (rPh) that Excel
 * keeps beside kanji typed by a Japanese input method.
 */
export class StringItem implements XmlEvents {
  private gathered = "";
  private isText = false;
  private isReading = false;

  open(name: string): void {
    if (name === "rPh") this.isReading = true;
    this.isText = name === "t";
  }

  close(name: string): void {
    if (name === "rPh") this.isReading = false;
    this.isText = false;
  }

  text(text: string): void {
    if (!this.isText || this.isReading || this.gathered.length > LONGEST_CELL) return;
    this.gathered += text.slice(0, LONGEST_CELL);
  }

  take(): string {
    const text = unescapeText(this.gathered);
    this.gathered = "";
    return text;
  }
}

/** Excel writes what XML cannot hold as _x000D_, and such a text itself as _x005F_x000D_. */
function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
