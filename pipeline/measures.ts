/** Steps of the way whose records are counted. */
export type Step = "intake" | "enrich" | "load";

/** What became of a record in a step. */
export type Passed = Readonly<Partial<Record<"ok" | "skip" | "dead", number>>>;

/**
 * What the work tells about itself while it goes on, whoever listens: the registry behind `/metrics`, the watch
 * behind `/livez`, or nobody. Each process of a role has one; none of it carries words.
 */
export interface Measures {
  /** Records went through a step for good: they are published, or committed. */
  passed(step: Step, records: Passed): void;
  /** Records of `voc.dead`, by the step that refused them. */
  died(step: "intake" | "enrich", records: number): void;
  /** A batch is in hand from now on. @returns to be called once, when it is done or given up */
  batchBegun(step: Step): () => void;
  /** A source of `pull:` was read to its end, or could not be. */
  pulled(source: string, outcome: "read" | "failed"): void;
  /** Milliseconds that the encoder took, one number a text. */
  encoded(milliseconds: readonly number[]): void;
}

export const silentMeasures: Measures = {
  passed: () => undefined,
  died: () => undefined,
  batchBegun: () => () => undefined,
  pulled: () => undefined,
  encoded: () => undefined,
};

/** Tells several listeners. */
export function allMeasures(listeners: readonly Measures[]): Measures {
  return {
    passed: (step, records) => {
      for (const listener of listeners) listener.passed(step, records);
    },
    died: (step, records) => {
      for (const listener of listeners) listener.died(step, records);
    },
    batchBegun: (step) => {
      const ends = listeners.map((listener) => listener.batchBegun(step));
      return () => {
        for (const end of ends) end();
      };
    },
    pulled: (source, outcome) => {
      for (const listener of listeners) listener.pulled(source, outcome);
    },
    encoded: (milliseconds) => {
      for (const listener of listeners) listener.encoded(milliseconds);
    },
  };
}
