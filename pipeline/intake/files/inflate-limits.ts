import { InputError } from "../../errors.ts";

/** 1,048,576 rows of ten columns are 400 MB of XML; this is ten times as many columns. */
const MOST_BYTES = 4 * 1024 ** 3;
/** Deflate can make 1,032 of one. Sheets of the same rows came to 70; a bomb lives at the far end. */
const MOST_RATIO = 300;
/** Below it a ratio says nothing: a short text of blanks is no bomb. */
const RATIO_COUNTS_FROM_BYTES = 64 * 1024 ** 2;

/** @throws InputError where what was packed would fill the machine */
export function refuseSwelling(
  label: string,
  { plainBytes, packedBytes }: { readonly plainBytes: number; readonly packedBytes: number },
): void {
  const isSwollen = plainBytes > RATIO_COUNTS_FROM_BYTES && plainBytes > packedBytes * MOST_RATIO;
  if (plainBytes <= MOST_BYTES && !isSwollen) return;
  throw new InputError(
    `${label}: 広げると大きくなりすぎます（${MOST_BYTES / 1024 ** 3} GB まで、圧縮は ${MOST_RATIO} 倍まで）。圧縮を悪用したファイルかもしれないので開きません。送り手に確かめ、必要なものだけを取り出して取り込んでください。`,
  );
}
