import { formatCount } from "../format-japanese.ts";
import { productCount } from "../product-counts.ts";
import { count, text } from "./common-sections.ts";
import type { Section } from "./outline.ts";
import type { AnyReport } from "./outline-of.ts";
import { quotedVoices } from "./quoted-voice.ts";

/** What the report's own voices say of the products that are named, in that order; nothing where none is. */
export function productSections(
  report: AnyReport,
  products: readonly string[],
  title: string,
): Section[] {
  if (products.length === 0) return [];
  const lines = products.map((product) => productCount(report, product));
  return [
    {
      id: "products",
      title,
      blocks: [
        {
          type: "table",
          title,
          columns: [text("商品"), count("声"), count("前の期間の声"), count("ネガティブを含む声")],
          rows: lines.map((line) => [line.product, line.now, line.before, line.negative]),
        },
        ...lines.flatMap(({ product, negative, newest }) =>
          negative === 0
            ? []
            : [
                {
                  type: "item" as const,
                  title: product,
                  lines: [`ネガティブを含む声 ${formatCount(negative)}件のうち新しいもの`],
                  quotes: quotedVoices(report, newest),
                },
              ],
        ),
      ],
    },
  ];
}
