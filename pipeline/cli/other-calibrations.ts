import { calibrationMark, offsetsInUse } from "../calibration.ts";
import type { Home } from "../home.ts";
import type { KafkaState } from "../kafka-home.ts";

/** @returns how many workers give tags by other offsets than this machine would */
export function countOtherCalibrations(
  { config }: Pick<Home, "config">,
  { calibrations }: Pick<KafkaState, "calibrations">,
): number {
  const own = calibrationMark(offsetsInUse(config));
  return calibrations.filter((mark) => mark !== undefined && mark !== own).length;
}

export function otherCalibrationsNote(workers: number): string {
  return `ここと違う校正で分類しているワーカーが ${workers} あります。calibration.json を enrich の動く機械の kizuki.yaml の横に写し（ここになければ、そこでも消し）、enrich を始め直してください。`;
}
