import { z } from "zod";

/** The forms of a report, by the endings of their files. */
export const Form = z.enum(["html", "pdf", "xlsx", "pptx", "md", "json"]);
export type Form = z.infer<typeof Form>;
