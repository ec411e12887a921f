/**
 * Rises by one whenever the encoder, the mask or the segmentation changes what a voice becomes. A higher
 * epoch replaces a voice's enrichment; what people confirmed stays.
 */
export const PIPELINE_EPOCH = 9;
