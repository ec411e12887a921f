import { z } from "zod";

const COLOUR = /^#[0-9a-f]{6}$/;

/** Of a figure or text in a company's own section. */
const CustomCell = z.union([z.string(), z.number(), z.null()]);

/** A section of the company's own: the rows that its SQL gave, with the SQL itself. */
export const CustomSection = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Id of the section it stands behind. */
  after: z.string(),
  sql: z.string(),
  columns: z.array(
    z.strictObject({ title: z.string(), kind: z.enum(["text", "count", "share", "ratio", "day"]) }),
  ),
  rows: z.array(z.array(CustomCell)),
  isTable: z.boolean(),
  /** A sentence for each row, as its template said. */
  lines: z.array(z.string()),
  /** Ids of voices whose words stand in it: where one is forgotten, so is this section. Absent where there is none. */
  quotes: z.array(z.string()).optional(),
});
export type CustomSection = z.infer<typeof CustomSection>;

/** How a company's reports look and are called. It is frozen with the report, so an old one keeps its face. */
export const Theme = z.strictObject({
  company: z.string().nullable(),
  logo: z
    .strictObject({ mediaType: z.enum(["image/png", "image/jpeg"]), base64: z.base64() })
    .nullable(),
  accent: z.string().regex(COLOUR),
  /** What the reports are called. */
  words: z.strictObject({
    weekly: z.string(),
    monthly: z.string(),
    /** Absent in values from before there was one. */
    daily: z.string().optional(),
  }),
  /** Product lines in the order the company names them. */
  products: z.array(z.string()),
  /** Ids of sections that are left out. */
  hide: z.array(z.string()),
  sections: z.array(CustomSection),
});
export type Theme = z.infer<typeof Theme>;

export const REPORT_WORDS = {
  weekly: "週次VOCダイジェスト",
  monthly: "月次VOC報告",
  daily: "日次VOCダイジェスト",
} as const;

/** What a report is called. */
export function reportKind(report: {
  readonly period: { readonly job: "weekly" | "monthly" | "daily" };
  readonly theme?: Theme | undefined;
}): string {
  const { job } = report.period;
  return report.theme?.words[job] ?? REPORT_WORDS[job];
}

export function hasLogo({ theme }: { readonly theme?: Theme | undefined }): boolean {
  return theme !== undefined && theme.logo !== null;
}

/** The lighter companion of an accent colour: four fifths of white in it. */
export function paleOf(accent: string): string {
  const mixed = channels(accent).map((value) => Math.round(value * 0.2 + 255 * 0.8));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Contrast of a colour with white by WCAG 2: from 1 to 21. */
export function contrastWithWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}
