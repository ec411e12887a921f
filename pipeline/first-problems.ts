const MOST_SHOWN = 10;

/** The first lines of a list of mistakes, and how many more there are: a wrong file is wrong in every row. */
export function firstProblems(problems: readonly string[]): string {
  const more = problems.length - MOST_SHOWN;
  const shown = problems.slice(0, MOST_SHOWN);
  return [...shown, ...(more > 0 ? [`ほか ${more} 件`] : [])].join("\n");
}
