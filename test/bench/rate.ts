import { type ProcessorTime, processorTime, since } from "./processor-time.ts";

export type Rate = {
  /** Voices a second, by the clock. */
  readonly perSecond: number;
  /** Milliseconds of processor time a voice, by process. */
  readonly costMs: ProcessorTime;
};

/** By the clock, and by processor time: the latter is what full cores would give, on a busy machine too. */
export type Ratio = { readonly byClock: number; readonly byProcessor: number };

export async function timeOf<T>(
  voices: readonly T[],
  run: (voices: readonly T[]) => Promise<void>,
): Promise<Rate> {
  const startMs = performance.now();
  const begin = processorTime();
  await run(voices);
  const used = since(begin);
  const eachMs = (seconds: number) => (seconds * 1000) / voices.length;
  return {
    perSecond: (voices.length * 1000) / (performance.now() - startMs),
    costMs: {
      own: eachMs(used.own),
      workers: eachMs(used.workers),
      broker: eachMs(used.broker),
    },
  };
}

export function ratioOf(rate: Rate, reference: Rate): Ratio {
  return {
    byClock: rate.perSecond / reference.perSecond,
    byProcessor: costOf(reference) / costOf(rate),
  };
}

export function describeRatio({ byClock, byProcessor }: Ratio): string {
  return `${byClock.toFixed(2)} 倍（CPU 時間では ${byProcessor.toFixed(2)} 倍）`;
}

export function compareRates(rate: Rate, reference: Rate): string {
  return describeRatio(ratioOf(rate, reference));
}

export function describeRate(rate: Rate): string {
  const { own, workers, broker } = rate.costMs;
  return `毎秒 ${Math.round(rate.perSecond)} 声（一声に ${costOf(rate).toFixed(2)} ms：ワーカー ${workers.toFixed(2)}、受け渡しと読み込み ${own.toFixed(2)}、ブローカー ${broker.toFixed(2)}）`;
}

/** The run whose rate is in the middle, with its own costs. */
export function middleRate(rates: readonly Rate[]): Rate {
  const perSecond = middleOf(rates.map((rate) => rate.perSecond));
  const middle = rates.find((rate) => rate.perSecond === perSecond);
  if (middle === undefined) throw new Error("no rate was measured");
  return middle;
}

export function middleOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function costOf({ costMs: { own, workers, broker } }: Rate): number {
  return own + workers + broker;
}
