import { z } from "zod";

/** Which retry of a dead letter a record comes from, from 1; absent where the record was read for the first time. */
export const Retry = z.number().int().positive().optional();
export type Retry = z.infer<typeof Retry>;
