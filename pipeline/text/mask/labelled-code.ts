/** Whether the words just before an index say that a product's or an order's code follows, not a person's number. */
export function isLabelledCode(text: string, start: number): boolean {
  return LABEL.test(text.slice(Math.max(0, start - LABEL_REACH), start));
}

/** In UTF-16 units: 「製造所固有記号の番号は: 」 is 13. */
const LABEL_REACH = 16;

const LABEL =
  /(?:ロット|lot|品番|型番|型式|製番|製造番号|製造記号|固有記号|シリアル|JAN|バーコード|商品コード|商品番号|注文番号|伝票番号|追跡番号|送り状)[ の]?(?:番号|ナンバー|コード|No\.?)?[ \nは:がの#.(「_]{0,3}$/i;
