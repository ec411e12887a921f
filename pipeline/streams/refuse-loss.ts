import { KizukiError } from "../errors.ts";
import type { Watermarks } from "./kafka-admin.ts";

/** Records are gone that nobody has read: a person must know before anything goes on. */
export class StreamLossError extends KizukiError {
  readonly code = "KIZUKI_STREAM_LOSS";
  override readonly exitCode = 7;
}

/** The command by which a person says to go on with the streams as they are. */
const ACCEPT =
  "失われたものを確かめたうえで、いまのストリームのまま続けるには `kizuki streams accept` を実行してください（serve と enrich は止めておきます）";

/**
 * Kafka's own consumer would go on at either end of the stream without a word.
 *
 * @param positions by place: the next offset to be read
 * @throws StreamLossError where unread records were deleted, or the stream is another one than before
 */
export function refuseLoss(
  positions: ReadonlyMap<string, number>,
  watermarks: ReadonlyMap<string, Watermarks>,
): void {
  const problems = [...positions].flatMap(([place, next]) => lossOf(place, next, watermarks));
  if (problems.length === 0) return;
  throw new StreamLossError(`${problems.join("\n")}\n${ACCEPT}。`);
}

/** Positions from which there is no loss: kept where they hold, else the first record that is there. */
export function acceptLoss(
  positions: ReadonlyMap<string, number>,
  watermarks: ReadonlyMap<string, Watermarks>,
): Map<string, number> {
  return new Map(
    [...watermarks].map(([place, { low, high }]) => {
      const next = positions.get(place) ?? low;
      return [place, next < low || next > high ? low : next];
    }),
  );
}

function lossOf(
  place: string,
  next: number,
  watermarks: ReadonlyMap<string, Watermarks>,
): string[] {
  const { low, high } = watermarks.get(place) ?? { low: 0, high: 0 };
  if (next < low) {
    return [
      `${place} の読んでいない記録 ${low - next} 件が消えています（読んだ位置 ${next}、残っている最初 ${low}）。保存期間が短いか、誰かが消しました。元のファイルを取り込み直せば、その声は戻ります。`,
    ];
  }
  if (next > high) {
    return [
      `${place} が作り直されています（読んだ位置 ${next}、ストリームの終わり ${high}）。控えから戻すか、元のファイルを取り込み直してください。`,
    ];
  }
  return [];
}
