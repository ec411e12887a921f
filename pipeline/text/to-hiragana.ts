/** Katakana as hiragana; all else stays as it is. */
export function toHiragana(text: string): string {
  return text.replace(/[ァ-ヶヽヾ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - STEP));
}

/** From a hiragana to its katakana in Unicode. */
const STEP = 0x60;
