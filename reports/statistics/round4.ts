/** Four decimals: more than any report prints, few enough that the last bits of a `log` cannot change its bytes. */
export function round4(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
