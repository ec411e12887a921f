/** @returns between which the middle 95% of the values lie */
export function interval95(values: readonly number[]): { low: number; high: number } {
  const ranked = [...values].sort((one, other) => one - other);
  const at = (share: number) => ranked[Math.round(share * (ranked.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}
