import { z } from "zod";

/** The forms of a report, by the endings of their files. */
export const Form = z.enum(["html", "pdf", "xlsx", "pptx", "md", "json"]);
export type Form = z.infer<typeof Form>;

/** A page of a minute: nobody opens the daily digest as a workbook or a deck. */
export const DAILY_FORMS: readonly Form[] = ["html", "pdf", "md", "json"];
