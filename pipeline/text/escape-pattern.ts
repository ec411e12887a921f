/** A text as a regular expression reads it for itself. Outside of a class; with the flag u, where an escaped hyphen is an error. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
