/** @param share in [0, 1] */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

/** 81.2%［78.0〜84.1］: a share and its 95% interval. */
export function percentBetween(figure: { value: number; low: number; high: number }): string {
  const { value, low, high } = figure;
  return `${percent(value)}［${(low * 100).toFixed(1)}〜${(high * 100).toFixed(1)}］`;
}
