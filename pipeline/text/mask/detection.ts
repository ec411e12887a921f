/** What a masked span is, as the placeholder says it. */
export type PersonalKind =
  | "氏名"
  | "住所"
  | "郵便番号"
  | "電話"
  | "メール"
  | "URL"
  | "カード"
  | "マイナンバー"
  | "旅券"
  | "免許証"
  | "保険証"
  | "口座"
  | "生年月日"
  | "お客様番号"
  | "車両番号"
  | "健康";

/** A piece of a text that must not be seen. Indices count UTF-16 units of that text, half-open. */
export type Detection = {
  readonly kind: PersonalKind;
  /** The value without its spelling: the same key gets the same number. */
  readonly key: string;
  readonly start: number;
  readonly end: number;
};
