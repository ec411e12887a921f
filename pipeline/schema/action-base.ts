import { z } from "zod";

/**
 * What a person typed, masked. The command line alone says how long it may be: masks can be longer than what they hide, and
 * a record that is refused here stops all that come after it.
 */
export const written = z.string().min(1);

export const base = { actionId: z.uuid(), at: z.iso.datetime({ offset: true }) };
