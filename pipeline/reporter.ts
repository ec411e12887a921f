/** What is counted; 件 where nothing else is said. */
export type ProgressUnit = "件" | "バイト";

/** Where work tells a person how it goes. The command line shows it; `serve` sends it through its socket. */
export type Reporter = {
  /** One line of news. */
  line(text: string): void;
  /** Work of a known size begins. */
  begin(label: string, total: number, unit?: ProgressUnit): void;
  advance(count: number): void;
  end(): void;
  /** A named point of the way was passed: for the log, and for a test that kills there. */
  stage(name: string): void;
};

export const silentReporter: Reporter = {
  line: () => undefined,
  begin: () => undefined,
  advance: () => undefined,
  end: () => undefined,
  stage: () => undefined,
};
