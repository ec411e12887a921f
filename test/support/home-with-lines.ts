import type { Annotation } from "../../pipeline/annotation.ts";
import { loadConfig } from "../../pipeline/config.ts";
import { DeliverConfig } from "../../pipeline/deliver/deliver-config.ts";
import { type Home, openHome } from "../../pipeline/home.ts";
import { keysFromText } from "../../pipeline/keys.ts";
import { fillWarehouse } from "./report-warehouse.ts";

/** Of the invented places: two lines that overlap in 兼六園, and seven places that are in neither. */
export const LINES = [
  { name: "庭園", products: ["しお*"], places: ["兼六園", "*公園"] },
  { name: "街歩き", products: [], places: ["兼六園", "ひがし茶屋街", "近江町市場"] },
];

export type Lined = {
  readonly folder: string;
  /** ISO; read at each look at the clock. */
  readonly clock: { now: string };
  readonly deliver?: unknown;
  readonly lines?: typeof LINES;
  readonly annotations?: readonly Annotation[];
};

export function openLined({
  folder,
  clock,
  deliver,
  lines = LINES,
  annotations = [],
}: Lined): Promise<Home> {
  const config = loadConfig({ home: folder, file: undefined, workingFolder: folder });
  return openHome(
    {
      ...config,
      taxonomies: ["tourism"],
      lines,
      annotations: [...annotations],
      schedule: { ...config.schedule, dailyHour: 7 },
      ...(deliver !== undefined && { deliver: DeliverConfig.parse(deliver) }),
    },
    keysFromText("ab".repeat(32)),
    () => new Date(clock.now),
  );
}

/** Nine weeks until Sunday, 2025-08-03. */
export async function fill({ warehouse }: Home, weeks = 9): Promise<void> {
  const from = new Date(Date.parse("2025-08-04") - weeks * 7 * 86_400_000);
  const shape = { from: from.toISOString().slice(0, 10), weeks, voicesPerWeek: 24 };
  await fillWarehouse(warehouse.connection, shape);
}
