/** Something that runs and has to be ended. */
export type Part = { readonly name: string; readonly stop: () => Promise<void> };

/** How the parts ended: all of them, or the first that did not, in time or at all. */
export type Stopped =
  | { readonly status: "ended" }
  | { readonly status: "overrun"; readonly part: string }
  | { readonly status: "failed"; readonly part: string; readonly cause: unknown };

/** Ends parts one after another. @param deadline resolves when there is no more time */
export async function stopParts(parts: readonly Part[], deadline: Promise<void>): Promise<Stopped> {
  const late = deadline.then((): "late" => "late");
  for (const { name, stop } of parts) {
    try {
      if ((await Promise.race([stop(), late])) === "late") return { status: "overrun", part: name };
    } catch (cause) {
      return { status: "failed", part: name, cause };
    }
  }
  return { status: "ended" };
}
