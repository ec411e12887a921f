import { spanWordsOf } from "../common-report.ts";
import { figureOf } from "../figure.ts";
import { formatCount } from "../format-japanese.ts";
import { count, text } from "./common-sections.ts";
import type { Section } from "./outline.ts";
import type { AnyReport } from "./outline-of.ts";
import { quotedVoice } from "./quoted-voice.ts";

/** Negative voices of a product that are quoted, newest first. */
const QUOTES = 3;

/** What the report's own voices say of the products that are named, in that order; nothing where none is. */
export function productSections(
  report: AnyReport,
  products: readonly string[],
  title: string,
): Section[] {
  if (products.length === 0) return [];
  const idsOf = (figure: string) => figureOf(report.figures, figure).voiceIds;
  const named = products.map((product) => {
    const ofProduct = (figure: string) =>
      idsOf(figure).filter((id) => report.voices[id]?.product === product);
    return {
      product,
      now: ofProduct("all").length,
      before: ofProduct("all-previous").length,
      negative: ofProduct("negative"),
    };
  });
  // Another line's products would be rows of zeros.
  const lines = named.filter(
    ({ now, before }) => report.period.line === undefined || now + before > 0,
  );
  if (lines.length === 0) return [];
  const { previous } = spanWordsOf(report);
  return [
    {
      id: "products",
      title,
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
          rows: lines.map((line) => [line.product, line.now, line.before, line.negative.length]),
        },
        ...lines.flatMap(({ product, negative: ids }) =>
          ids.length === 0
            ? []
            : [
                {
                  type: "item" as const,
                  title: product,
                  lines: [
                    ids.length > QUOTES
                      ? `ネガティブを含む声${formatCount(ids.length)}件のうち、新しい${QUOTES}件`
                      : `ネガティブを含む声${formatCount(ids.length)}件`,
                  ],
                  quotes: ids.slice(0, QUOTES).flatMap((id) => quotedVoice(id, report.voices[id])),
                },
              ],
        ),
      ],
    },
  ];
}
