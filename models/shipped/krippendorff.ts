/** How far apart two values are: "nominal": the same or not; "ordinal": by how many readings lie between them. */
export type AlphaLevel = "nominal" | "ordinal";

/**
 * Krippendorff's alpha (Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability").
 *
 * @param units one list per unit: the value each reader gave, a reader without one left out
 * @param values every value a reader may give, in their order where the level is ordinal
 * @returns at most 1; 0 is chance. NaN where all readings are the same value, of which nothing can be said
 */
export function krippendorffAlpha(
  units: readonly (readonly string[])[],
  values: readonly string[],
  level: AlphaLevel,
): number {
  const coincidences = countCoincidences(units, values);
  const totals = coincidences.map((row) => row.reduce((sum, count) => sum + count, 0));
  const all = totals.reduce((sum, count) => sum + count, 0);
  let observed = 0;
  let expected = 0;
  for (const [one, row] of coincidences.entries()) {
    for (const [other, count] of row.entries()) {
      const distance = squaredDistance(totals, one, other, level);
      observed += count * distance;
      expected += ((totals[one] ?? 0) * (totals[other] ?? 0) * distance) / (all - 1);
    }
  }
  return expected === 0 ? Number.NaN : 1 - observed / expected;
}

/** Every ordered pair of readings of one unit, weighted so that each reading counts once. */
function countCoincidences(
  units: readonly (readonly string[])[],
  values: readonly string[],
): number[][] {
  const counts = values.map(() => values.map(() => 0));
  for (const readings of units.filter(({ length }) => length > 1)) {
    for (const [index, reading] of readings.entries()) {
      for (const other of readings.filter((_, at) => at !== index)) {
        const row = counts[values.indexOf(reading)];
        const column = values.indexOf(other);
        if (row === undefined || column < 0) continue;
        row[column] = (row[column] ?? 0) + 1 / (readings.length - 1);
      }
    }
  }
  return counts;
}

function squaredDistance(
  totals: readonly number[],
  one: number,
  other: number,
  level: AlphaLevel,
): number {
  if (one === other) return 0;
  if (level === "nominal") return 1;
  const [low, high] = one < other ? [one, other] : [other, one];
  const between = totals.slice(low, high + 1).reduce((sum, count) => sum + count, 0);
  return (between - ((totals[low] ?? 0) + (totals[high] ?? 0)) / 2) ** 2;
}
