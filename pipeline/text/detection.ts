/** A piece of a text that must not be seen. Indices count UTF-16 units of that text, half-open. */
export type Detection = {
  readonly kind: "電話" | "メール" | "カード" | "住所";
  /** The value without its spelling: the same key gets the same number. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
};
