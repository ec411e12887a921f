/** @returns pieces of a text, in order, of `size` characters or one less: half a code point is no text */
export function cutText(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = boundary(text, start + size);
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

/** @returns the index, or the one before it where it would cut a surrogate pair */
function boundary(text: string, index: number): number {
  const code = text.charCodeAt(index - 1);
  return index < text.length && code >= 0xd800 && code <= 0xdbff ? index - 1 : index;
}
