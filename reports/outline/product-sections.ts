import { spanWordsOf } from "../common-report.ts";
import { formatCount } from "../format-japanese.ts";
import { productCount } from "../product-counts.ts";
import { count, text } from "./move-columns.ts";
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
  // Another line's products would be rows of zeros.
  const lines = products
    .map((product) => productCount(report, product))
    .filter(({ now, before }) => report.period.line === undefined || now + before > 0);
  if (lines.length === 0) return [];
  const { previous } = spanWordsOf(report);
  return [
    {
      id: "products",
      title,
      ...productsMessage(lines),
      blocks: [
        {
          type: "table",
          title,
          columns: [
            text("商品"),
            count("声"),
            count(`${previous}の声`),
            count("ネガティブを含む声"),
          ],
          rows: lines.map((line) => [line.product, line.now, line.before, line.negative]),
        },
        ...lines.flatMap(({ product, negative, newest }) =>
          negative === 0
            ? []
            : [
                {
                  type: "item" as const,
                  title: product,
                  lines: [
                    negative > newest.length
                      ? `ネガティブを含む声${formatCount(negative)}件のうち、新しい${newest.length}件`
                      : `ネガティブを含む声${formatCount(negative)}件`,
                  ],
                  quotes: quotedVoices(
                    report,
                    newest.map(({ voiceId }) => ({ voiceId, start: blameIn(report, voiceId) })),
                  ),
                },
              ],
        ),
      ],
    },
  ];
}

/** Nothing where none has a voice. */
function productsMessage(lines: readonly { readonly product: string; readonly now: number }[]) {
  const most = Math.max(0, ...lines.map(({ now }) => now));
  const named = lines.filter(({ now }) => now === most).map(({ product }) => `「${product}」`);
  return most === 0
    ? {}
    : { message: `声が最も多い商品は${named.join("")}の${formatCount(most)}件です` };
}

/** Where the words begin for which a voice is shown here. */
function blameIn({ voices }: AnyReport, voiceId: string): number | undefined {
  return voices[voiceId]?.segments.find(({ sentiment }) => sentiment === "negative")?.start;
}
