import { z } from "zod";
import type { Annotation } from "../../pipeline/annotation.ts";
import type { CommonReport } from "../common-report.ts";
import { formatDay } from "../format-japanese.ts";
import type { TrendPoint } from "./trend.ts";

/** An annotation as it was when the report was made; both days belong to it. */
export const TrendAnnotation = z.strictObject({
  from: z.string(),
  to: z.string(),
  label: z.string(),
  product: z.string().nullable(),
  topic: z.string().nullable(),
});
export type TrendAnnotation = z.infer<typeof TrendAnnotation>;

type Annotated = Pick<CommonReport, "annotations" | "trend" | "period" | "topicLabels">;

/** More have no sign of their own. */
const MOST = 20;
const CIRCLED_ZERO = 0x245f;

/** Those that fall into the trend, oldest first. @param until end of its last period */
export function annotationsIn(
  annotations: readonly Annotation[],
  trend: readonly TrendPoint[],
  until: string,
): TrendAnnotation[] {
  const since = trend[0]?.from ?? until;
  return annotations
    .filter(({ from, to }) => from < until && to >= since)
    .sort((left, right) => (left.from < right.from ? -1 : Number(left.from > right.from)))
    .slice(-MOST);
}

/** ① for the first. */
export function markOf(index: number): string {
  return String.fromCodePoint(CIRCLED_ZERO + index + 1);
}

/** The signs at each point of the trend, "" where nothing happened. */
export function trendMarks({ annotations, trend, period }: Annotated): string[] {
  return trend.map((point, index) => {
    const until = trend[index + 1]?.from ?? period.until;
    return annotations
      .map(({ from, to }, place) => (from < until && to >= point.from ? markOf(place) : ""))
      .join("");
  });
}

export function annotationDays({ from, to }: TrendAnnotation): string {
  return from === to ? formatDay(from) : `${formatDay(from)}〜${formatDay(to)}`;
}

/** What it is about, as a reader knows it. */
export function annotationSubject(
  { topicLabels }: Pick<Annotated, "topicLabels">,
  { product, topic }: TrendAnnotation,
): string {
  const label = topic === null ? null : (topicLabels[topic] ?? topic);
  return [
    ...(product === null ? [] : [`商品：${product}`]),
    ...(label === null ? [] : [`話題：${label}`]),
  ].join("　");
}
