/** Mark of an enriched frame: the first offset of `voc.raw` that it does not cover. */
export const RAW_NEXT = "rawNext";
