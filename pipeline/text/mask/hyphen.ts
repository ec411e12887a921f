/** Inside of a class. What stands between the parts of a house number, a date, a plate. */
export const HYPHEN = "-‐‑–—―−ー";

/** Inside of a class. Telephone and card numbers have lines drawn for it, too. */
export const DASH = `${HYPHEN}‒─━`;
