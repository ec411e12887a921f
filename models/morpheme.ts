/** A kuromoji unit of a text. Spans count Unicode code points of that text, half-open [start, end). */
export type Morpheme = {
  readonly surface: string;
  /** The dictionary's base form; the surface where the dictionary has none. */
  readonly base: string;
  /** Part of speech, IPADIC's first level: 名詞, 動詞, 形容詞, 助詞 … */
  readonly pos: string;
  /** IPADIC's second level: 一般, サ変接続, 接続助詞 … or "*". */
  readonly posDetail: string;
  /** What a proper noun (固有名詞) names: 人名, 地域, 組織 or 一般. */
  readonly proper?: string;
  readonly start: number;
  readonly end: number;
};
