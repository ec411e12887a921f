/** What a step decided about one record. Anything but `ok` ends that record's trip. */
export type Outcome<T> =
  | { readonly status: "ok"; readonly value: T }
  | { readonly status: "skip"; readonly reason: string }
  | { readonly status: "reject"; readonly reason: string; readonly cause?: unknown };
