import { calibrationMark, offsetsInUse } from "../calibration.ts";
import type { Home } from "../home.ts";

/** A home whose workers are looked at. */
export type Watched = Pick<Home, "config"> & {
  readonly kafka?: Pick<NonNullable<Home["kafka"]>, "state"> | undefined;
};

/** @returns how many workers give tags by other offsets than this machine would; undefined where no broker says */
export async function countOtherCalibrations({
  config,
  kafka,
}: Watched): Promise<number | undefined> {
  const state = await kafka?.state();
  const own = calibrationMark(offsetsInUse(config));
  return state?.calibrations.filter((mark) => mark !== undefined && mark !== own).length;
}

export function otherCalibrationsNote(workers: number): string {
  return `ワーカー ${workers} は、ここと違う校正で分類しています。calibration.json を enrich の動く機械の kizuki.yaml の横に写し（ここになければ、そこでも消し）、enrich を始め直してください。`;
}
